package dev.meshcheck.reports.html;

import dev.meshcheck.fixtures.surface.Route;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.fixtures.surface.Surfaces;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The checks of one route. */
public record RouteSection(RouteName route, List<CheckView> checks) {

  /** Method and path as the surfaces in this run document them. */
  public String address() {
    return checks.stream()
        .flatMap(c -> c.results().stream())
        .map(r -> r.result().surface())
        .distinct()
        .flatMap(name -> Surfaces.named(name).stream())
        .flatMap(surface -> surface.route(route).stream())
        .map((Route r) -> r.method() + " " + r.path())
        .findFirst()
        .orElse("");
  }

  /** How many results have each sign. */
  public Map<Sign, Integer> counts() {
    Map<Sign, Integer> counts = new EnumMap<>(Sign.class);
    checks.forEach(c -> c.counts().forEach((sign, n) -> counts.merge(sign, n, Integer::sum)));
    return counts;
  }
}
