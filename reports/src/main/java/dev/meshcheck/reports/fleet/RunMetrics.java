package dev.meshcheck.reports.fleet;

import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TargetReport;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The metrics of one run, as docs/metrics.md describes them.
 *
 * @param environment what is kept of the run
 */
public record RunMetrics(EnvironmentReport environment) {

  /** Those of a run of that environment. */
  public static RunMetrics of(Environment environment, RunReport report) {
    return new RunMetrics(
        Digest.of(environment, report, report.change().map(NightChange::of), Optional.empty()));
  }

  /** Those of a run of whoever its targets are a part of. */
  public static RunMetrics of(RunReport report) {
    String name =
        report.targets().stream().findFirst().flatMap(TargetReport::environment).orElse("unknown");
    return of(new Environment(name, Map.of()), report);
  }

  /** What a registry collects. */
  public MetricSnapshots snapshots() {
    Metrics metrics = new Metrics();
    new EnvironmentMetrics(metrics).add(List.of(environment));
    return metrics.snapshots();
  }

  /** The text format of Prometheus. */
  public String text() {
    return Metrics.text(snapshots());
  }
}
