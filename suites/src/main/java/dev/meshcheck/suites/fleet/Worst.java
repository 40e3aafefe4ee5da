package dev.meshcheck.suites.fleet;

import dev.meshcheck.reports.outcome.ExitCode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The exit code of many runs together. */
final class Worst {

  /**
   * The worst first, in the order in which {@code ExitRule} asks for them within one run. Where
   * Meshcheck broke, nothing of the night can be relied on; a broken contract is what a night is
   * there to find; an environment that is down may be as bad, but nobody knows; a list of known
   * failures that is out of date is a file to be edited; an incomplete run says nothing.
   */
  private static final List<ExitCode> ORDER =
      List.of(
          ExitCode.MESHCHECK_BROKE,
          ExitCode.BROKEN_CONTRACT,
          ExitCode.UNREACHABLE,
          ExitCode.USAGE,
          ExitCode.INCOMPLETE,
          ExitCode.PASSED);

  private Worst() {}

  /** The worst of them; that nothing was to be judged is no failure. */
  static ExitCode of(Collection<ExitCode> codes) {
    return codes.stream().min(Comparator.comparing(ORDER::indexOf)).orElse(ExitCode.PASSED);
  }
}
