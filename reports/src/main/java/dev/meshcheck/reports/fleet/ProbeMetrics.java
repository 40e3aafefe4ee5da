package dev.meshcheck.reports.fleet;

import static dev.meshcheck.reports.fleet.Metrics.point;

import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.outcome.RunVerdict;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a probe of one environment answers: the metrics of its run, and whether all is well.
 *
 * @param environment what is kept of the run
 * @param took from the question to the answer
 */
public record ProbeMetrics(EnvironmentReport environment, Duration took) {

  /** Those of a run of that environment. */
  public static ProbeMetrics of(Environment environment, RunReport report, Duration took) {
    return new ProbeMetrics(RunMetrics.of(environment, report).environment(), took);
  }

  /** Those of an environment that could not be judged; {@code why} is redacted already. */
  public static ProbeMetrics unjudged(
      Environment environment, ExitCode code, String why, Duration took) {
    return new ProbeMetrics(
        EnvironmentReport.unjudged(environment, code, RunVerdict.unasked(code), why), took);
  }

  /** How it ended. */
  public RunVerdict verdict() {
    return environment.verdict();
  }

  /** What a registry collects. */
  public MetricSnapshots snapshots() {
    Metrics metrics = new Metrics();
    Labels labels = Labels.of("environment", environment.name());
    boolean success = environment.exitCode() == ExitCode.PASSED.code();
    metrics.gauge(
        "probe_success",
        "Whether the run of the environment ended with exit code 0.",
        List.of(point(success ? 1 : 0, labels)));
    metrics.gauge(
        "probe_duration_seconds",
        "How long the probe took.",
        List.of(point(took.toMillis() / 1000.0, labels)));
    new EnvironmentMetrics(metrics).add(List.of(environment));
    return metrics.snapshots();
  }

  /** Why nothing was judged, where that is so. */
  public Optional<String> why() {
    return environment.run().isPresent() ? Optional.empty() : environment.why();
  }
}
