package dev.meshcheck.reports.fleet;

import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.html.Sign;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.RunReport;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of the checks of a route, on all targets of an environment.
 *
 * @param counts how many of each sign; known failures are not among the failed here
 */
public record RouteCounts(RouteName route, Map<Sign, Integer> counts) {

  public RouteCounts {
    counts = Collections.unmodifiableMap(new EnumMap<>(counts));
  }

  /** Those of a run, in the order of its plan. */
  static List<RouteCounts> of(RunReport report) {
    Map<RouteName, Map<Sign, Integer>> routes = new LinkedHashMap<>();
    for (CheckResult result : report.results()) {
      routes
          .computeIfAbsent(result.route(), r -> new EnumMap<>(Sign.class))
          .merge(Sign.of(result), 1, Integer::sum);
    }
    return routes.entrySet().stream().map(e -> new RouteCounts(e.getKey(), e.getValue())).toList();
  }
}
