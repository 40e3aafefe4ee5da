package dev.meshcheck.reports.html;

import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TargetReport;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Routes against targets: where it hurts, at a glance.
 *
 * @param targets the columns
 * @param rows one for each route
 */
public record Matrix(List<TargetReport> targets, List<Row> rows) {

  /** A route on every target; where it has no check there, the cell is empty. */
  public record Row(RouteName route, List<Optional<Cell>> cells) {}

  /** What became of the checks of a route on a target. */
  public record Cell(String target, Map<Sign, Integer> counts) {

    /** The most pressing sign; what was only recorded presses nobody. */
    public Sign sign() {
      return Sign.most(counts.keySet());
    }

    /** What needs a look, or else what is fine. */
    public Map<Sign, Integer> shown() {
      Map<Sign, Integer> pressing = new EnumMap<>(Sign.class);
      counts.forEach(
          (sign, n) -> {
            if (sign.pressing()) {
              pressing.put(sign, n);
            }
          });
      int passed = counts.getOrDefault(Sign.PASSED, 0);
      if (passed > 0) {
        pressing.put(Sign.PASSED, passed);
      }
      return pressing.isEmpty() ? counts : pressing;
    }

    /** The whole cell in words, for screen readers. */
    public String words() {
      return Sign.words(counts);
    }
  }

  static Matrix of(RunReport report) {
    List<RouteName> routes = report.results().stream().map(CheckResult::route).distinct().toList();
    return new Matrix(
        report.targets(),
        routes.stream()
            .map(
                route ->
                    new Row(
                        route,
                        report.targets().stream()
                            .map(target -> cell(report, route, target.name()))
                            .toList()))
            .toList());
  }

  private static Optional<Cell> cell(RunReport report, RouteName route, String target) {
    Map<Sign, Integer> counts = new EnumMap<>(Sign.class);
    report.results().stream()
        .filter(r -> r.route() == route && r.target().equals(target))
        .forEach(r -> counts.merge(Sign.of(r), 1, Integer::sum));
    return counts.isEmpty() ? Optional.empty() : Optional.of(new Cell(target, counts));
  }
}
