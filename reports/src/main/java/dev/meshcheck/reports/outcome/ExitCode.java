package dev.meshcheck.reports.outcome;

import java.util.Collection;
import java.util.List;

/** The exit codes that other people's scripts rely on. */
public enum ExitCode {
  /** Every MUST passed; with --strict, every SHOULD too. */
  PASSED(0, "every requirement is met"),
  /** The host breaks its contract. */
  BROKEN_CONTRACT(1, "the host breaks its contract"),
  /** Usage or settings: nothing was sent, or the list of known failures is out of date. */
  USAGE(2, "usage or settings: nothing was sent"),
  /** Something could not run, nothing was selected, or the failures are the caller's own. */
  INCOMPLETE(3, "incomplete: something could not run, or nothing was selected"),
  /** The host was not reached at all. */
  UNREACHABLE(4, "the host was not reached at all"),
  /** Meshcheck itself broke. */
  MESHCHECK_BROKE(5, "Meshcheck itself broke");

  private static final List<ExitCode> WORST_FIRST =
      List.of(MESHCHECK_BROKE, BROKEN_CONTRACT, UNREACHABLE, USAGE, INCOMPLETE, PASSED);

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The exit code of that number. */
  public static ExitCode of(int code) {
    for (ExitCode known : values()) {
      if (known.code == code) {
        return known;
      }
    }
    throw new IllegalArgumentException("no exit code of Meshcheck: " + code);
  }

  /**
   * What many runs end with: the worst of them, in the order in which {@code ExitRule} asks for
   * them within one run. Where Meshcheck broke, nothing can be relied on; a broken contract is what
   * one looks for; a host that is down may be as bad, but nobody knows; a list of known failures
   * that is out of date is a file to be edited; an incomplete run says nothing. That nothing was to
   * be judged is no failure.
   */
  public static ExitCode worst(Collection<ExitCode> codes) {
    return WORST_FIRST.stream().filter(codes::contains).findFirst().orElse(PASSED);
  }

  /** What the number means, in plain words. */
  public String meaning() {
    return meaning;
  }

  /** The number that the process exits with. */
  public int code() {
    return code;
  }
}
