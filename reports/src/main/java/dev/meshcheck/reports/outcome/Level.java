package dev.meshcheck.reports.outcome;

/** How strongly a check speaks. */
public enum Level {
  /** Tensormesh documents it, or every implementation agrees: a miss fails the run. */
  MUST,
  /** Implied, or varies by version: a miss is a warning, and fails only a strict run. */
  SHOULD,
  /** Recorded, never judged. */
  INFO
}
