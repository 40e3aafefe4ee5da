package dev.meshcheck.reports.run;

import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.ExchangeReport;
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
   * @param strict whether a warning counts as a failure
   */
  public static ExitCode of(
      Collection<CheckResult> results, Collection<ExchangeReport> exchanges, boolean strict) {
    if (results.stream().anyMatch(r -> r.reason().equals(Optional.of(Reason.MESHCHECK_ERROR)))) {
      return ExitCode.MESHCHECK_BROKE;
    }
    if (nobodyReached(exchanges)) {
      return ExitCode.UNREACHABLE;
    }
    if (results.stream().anyMatch(r -> breaksContract(r, strict))) {
      return ExitCode.BROKEN_CONTRACT;
    }
    if (results.isEmpty() || results.stream().anyMatch(r -> is(r, Outcome.COULD_NOT_RUN))) {
      return ExitCode.INCOMPLETE;
    }
    return ExitCode.PASSED;
  }

  /** Whether that result alone makes the host break its contract. */
  public static boolean breaksContract(CheckResult result, boolean strict) {
    return is(result, Outcome.FAILED) || (strict && is(result, Outcome.WARNED));
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
