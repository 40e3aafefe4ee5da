package dev.meshcheck.reports.outcome;

import java.util.Locale;

/** What became of one check on one target. */
public enum Outcome {
  PASSED,
  /** A MUST was not met. */
  FAILED,
  /** A SHOULD was not met. */
  WARNED,
  /** An INFO check noted what it saw. */
  RECORDED,
  /** The surface has no such route, or the model no such ability. */
  INAPPLICABLE,
  /** Rate limited, unreachable, or a prerequisite failed: nothing can be said. */
  COULD_NOT_RUN;

  /** The kebab-case name, as in report.json. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
