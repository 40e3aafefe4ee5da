package dev.meshcheck.reports.fleet;

import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.Summary;
import dev.meshcheck.reports.model.TargetReport;
import dev.meshcheck.reports.outcome.ExitCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one environment did in a night.
 *
 * @param name unique in the fleet
 * @param labels what it is filtered by
 * @param exitCode what {@code verify} of that environment alone would have exited with
 * @param why nothing was judged, where that is so
 * @param run the id of its run, where there was one
 * @param durationMs of its run, in milliseconds
 * @param summary its results by outcome
 * @param requests how many it was asked
 * @param tokens the sum of the usage that it reported
 */
public record EnvironmentReport(
    String name,
    Map<String, String> labels,
    int exitCode,
    Optional<String> why,
    Optional<String> run,
    long durationMs,
    Summary summary,
    int requests,
    long tokens) {

  /** What is kept of a run that has ended. */
  static EnvironmentReport of(Environment environment, RunReport report) {
    return new EnvironmentReport(
        environment.name(),
        environment.labels(),
        report.run().exitCode().orElse(ExitCode.INCOMPLETE.code()),
        Optional.empty(),
        Optional.of(report.run().id()),
        report.run().durationMs(),
        report.summary(),
        report.targets().stream().mapToInt(TargetReport::requests).sum(),
        report.targets().stream().mapToLong(TargetReport::tokens).sum());
  }

  /** An environment that was not judged at all. */
  static EnvironmentReport unjudged(Environment environment, ExitCode code, String why) {
    return new EnvironmentReport(
        environment.name(),
        environment.labels(),
        code.code(),
        Optional.of(why),
        Optional.empty(),
        0,
        Summary.of(List.of()),
        0,
        0);
  }
}
