package dev.meshcheck.reports.fleet;

import static dev.meshcheck.reports.fleet.Metrics.point;

import dev.meshcheck.reports.outcome.RunVerdict;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The metrics of a night: those of every environment, and of the night itself. */
final class FleetMetrics {

  private FleetMetrics() {}

  /** The text of metrics.prom. */
  static String render(FleetReport report) {
    return Metrics.text(of(report));
  }

  private static MetricSnapshots of(FleetReport report) {
    Metrics metrics = new Metrics();
    Night night = report.night();
    Labels labels = night.shard().map(s -> Labels.of("shard", s.toString())).orElse(Labels.EMPTY);
    metrics.gauge(
        "night_complete",
        "Whether the night came to its end.",
        List.of(point(night.complete() ? 1 : 0, labels)));
    metrics.gauge(
        "night_end_timestamp_seconds",
        "When the night ended.",
        night.finishedAt().stream()
            .map(end -> point(EnvironmentMetrics.seconds(end), labels))
            .toList());
    metrics.gauge(
        "night_exit_code",
        "What the night ended with, as run_exit_code.",
        night.exitCode().stream().map(code -> point(code, labels)).toList());
    Map<RunVerdict, Integer> verdicts = new FleetStory(report).verdicts();
    metrics.gauge(
        "night_environments",
        "Environments by verdict.",
        Arrays.stream(RunVerdict.values())
            .map(
                verdict ->
                    point(
                        verdicts.getOrDefault(verdict, 0),
                        labels.add("verdict", verdict.toString())))
            .toList());
    metrics.info(
        "build",
        "The version of Meshcheck.",
        List.of(Labels.of("version", report.tool().version())));
    new EnvironmentMetrics(metrics).add(report.environments());
    return metrics.snapshots();
  }
}
