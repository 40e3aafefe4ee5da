package dev.meshcheck.reports.run;

import dev.meshcheck.reports.cause.NotJudged;
import dev.meshcheck.reports.model.ChangeReport;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.ExchangeReport;
import dev.meshcheck.reports.model.KnownFailuresReport;
import dev.meshcheck.reports.model.ResultName;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TargetReport;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The one place that turns results into an exit code. */
public final class ExitRule {

  private ExitRule() {}

  /**
   * The exit code of a finished run: the first rule that holds.
   *
   * @param change what is different from the baseline, where there is one
   * @param known what became of the list of known failures, where there is one
   */
  static ExitCode of(
      RunReport report, Optional<ChangeReport> change, Optional<KnownFailuresReport> known) {
    List<CheckResult> results = report.results();
    if (results.stream().anyMatch(r -> r.reason().equals(Optional.of(Reason.MESHCHECK_ERROR)))) {
      return ExitCode.MESHCHECK_BROKE;
    }
    if (nobodyReached(inFront(report))) {
      return ExitCode.UNREACHABLE;
    }
    boolean strict = report.run().strict();
    List<CheckResult> failures =
        results.stream().filter(r -> breaksContract(r, strict, change)).toList();
    if (!failures.isEmpty()) {
      return NotJudged.because(report, failures).isPresent()
          ? ExitCode.INCOMPLETE
          : ExitCode.BROKEN_CONTRACT;
    }
    if (known.stream().anyMatch(k -> !k.stale().isEmpty())) {
      // It is the file that is wrong, not the host.
      return ExitCode.USAGE;
    }
    if (nothingApplies(results) || results.stream().anyMatch(r -> is(r, Outcome.COULD_NOT_RUN))) {
      return ExitCode.INCOMPLETE;
    }
    return ExitCode.PASSED;
  }

  /** Whether there is nothing that was judged, so that nothing was found to be well either. */
  public static boolean nothingApplies(List<CheckResult> results) {
    return results.stream().allMatch(r -> is(r, Outcome.INAPPLICABLE));
  }

  /** Whether that result alone makes the host break its contract. */
  public static boolean breaksContract(
      CheckResult result, boolean strict, Optional<ChangeReport> change) {
    return (is(result, Outcome.FAILED) || (strict && is(result, Outcome.WARNED)))
        && !result.knownFailure()
        && change.stream()
            .noneMatch(c -> c.onlyNewFail() && c.stillFailing().contains(ResultName.of(result)));
  }

  /** That the engine answers says nothing of the host in front of it. */
  private static List<ExchangeReport> inFront(RunReport report) {
    Optional<String> engine = report.engine().map(TargetReport::name);
    return report.exchanges().values().stream()
        .filter(exchange -> engine.filter(exchange.target()::equals).isEmpty())
        .toList();
  }

  private static boolean nobodyReached(Collection<ExchangeReport> exchanges) {
    // What was never sent says nothing about the host.
    List<ExchangeReport> attempted =
        exchanges.stream()
            .filter(e -> e.noAnswer().stream().allMatch(n -> n.kind().sent()))
            .toList();
    return !attempted.isEmpty()
        && attempted.stream()
            .allMatch(e -> e.noAnswer().stream().anyMatch(n -> n.kind().unreachable()));
  }

  private static boolean is(CheckResult result, Outcome outcome) {
    return result.outcome() == outcome;
  }
}
