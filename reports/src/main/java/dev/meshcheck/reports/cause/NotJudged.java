package dev.meshcheck.reports.cause;

import dev.meshcheck.reports.model.CauseReport;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.RunReport;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells a host that breaks its contract from a caller whom nobody let in. */
public final class NotJudged {

  private static final Set<String> CALLERS =
      Causes.all().stream().filter(Cause::caller).map(Cause::slug).collect(Collectors.toSet());

  private NotJudged() {}

  /**
   * The first cause in the caller's settings, key, user, model or network, where such causes are
   * sure and explain every failure; then nothing can be said of the host.
   *
   * @param failures what fails the run
   */
  public static Optional<CauseReport> because(RunReport report, List<CheckResult> failures) {
    List<CauseReport> callers = callers(report.causes());
    boolean all =
        failures.stream().allMatch(f -> callers.stream().anyMatch(cause -> cause.explains(f)));
    return all && !failures.isEmpty()
        ? callers.stream().filter(c -> failures.stream().anyMatch(c::explains)).findFirst()
        : Optional.empty();
  }

  /** Whether the failure lies with the caller for sure, so that it says nothing of the host. */
  public static boolean isOfTheCaller(List<CauseReport> causes, CheckResult failure) {
    return callers(causes).stream().anyMatch(cause -> cause.explains(failure));
  }

  private static List<CauseReport> callers(List<CauseReport> causes) {
    return causes.stream()
        .filter(cause -> CALLERS.contains(cause.cause()))
        .filter(cause -> cause.confidence() >= Diagnosed.SURE)
        .toList();
  }
}
