package dev.meshcheck.reports.client;

import java.util.Locale;

/** Whether a client works with a target; the worst comes first. */
public enum ClientVerdict {
  /** Something that it needs is missing. */
  DOES_NOT_WORK,
  /** All that it needs is there, and something that it uses is not. */
  WORKS_WITH_LIMITS,
  /** Something that it needs was not judged in this run. */
  NOT_JUDGED,
  WORKS;

  /** The kebab-case name, as in report.json. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** As people read it. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
