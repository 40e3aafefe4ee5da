package dev.meshcheck.reports.outcome;

import java.util.Locale;

/** How strongly a check speaks. */
public enum Level {
  /** Tensormesh documents it, or every implementation agrees: a miss fails the run. */
  MUST,
  /** Implied, or varies by version: a miss is a warning, and fails only a strict run. */
  SHOULD,
  /** Recorded, never judged. */
  INFO;

  /** The kebab-case name, as in report.json. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
