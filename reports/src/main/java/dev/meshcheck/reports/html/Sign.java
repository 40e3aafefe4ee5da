package dev.meshcheck.reports.html;

import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.outcome.Outcome;
import java.util.Locale;

/**
 * How an outcome is shown, the most pressing first: by colour, mark and word, never colour alone.
 */
public enum Sign {
  FAILED("✗", "failed"),
  COULD_NOT_RUN("!", "could not run"),
  WARNED("▲", "warned"),
  KNOWN("≈", "known failure"),
  RECORDED("i", "recorded"),
  PASSED("✓", "passed"),
  INAPPLICABLE("–", "inapplicable");

  private final String mark;
  private final String word;

  Sign(String mark, String word) {
    this.mark = mark;
    this.word = word;
  }

  /** The sign of a result. */
  public static Sign of(CheckResult result) {
    return result.knownFailure() ? KNOWN : of(result.outcome());
  }

  /** The sign of an outcome. */
  public static Sign of(Outcome outcome) {
    return switch (outcome) {
      case PASSED -> PASSED;
      case FAILED -> FAILED;
      case WARNED -> WARNED;
      case RECORDED -> RECORDED;
      case INAPPLICABLE -> INAPPLICABLE;
      case COULD_NOT_RUN -> COULD_NOT_RUN;
    };
  }

  /** Whether somebody should look. */
  boolean pressing() {
    return compareTo(RECORDED) < 0;
  }

  /** One character that says the same as the colour. */
  public String mark() {
    return mark;
  }

  /** What a screen reader says. */
  public String word() {
    return word;
  }

  /** The kebab-case name, for style sheets and filters. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
