package dev.meshcheck.reports.outcome;

/** The exit codes that other people's scripts rely on. */
public enum ExitCode {
  /** Every MUST passed; with --strict, every SHOULD too. */
  PASSED(0),
  /** The host breaks its contract. */
  BROKEN_CONTRACT(1),
  /** Usage or settings: nothing was sent. */
  USAGE(2),
  /** Something could not run, or nothing was selected. */
  INCOMPLETE(3),
  /** The host was not reached at all. */
  UNREACHABLE(4),
  /** Meshcheck itself broke. */
  MESHCHECK_BROKE(5);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number that the process exits with. */
  public int code() {
    return code;
  }
}
