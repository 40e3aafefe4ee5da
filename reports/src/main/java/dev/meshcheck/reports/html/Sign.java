package dev.meshcheck.reports.html;

import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.RunVerdict;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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

  /** The sign of a verdict on a whole run. */
  public static Sign of(RunVerdict verdict) {
    return switch (verdict.mood()) {
      case GOOD -> PASSED;
      case BAD -> FAILED;
      case UNSURE -> COULD_NOT_RUN;
    };
  }

  /** The most pressing one; what was only recorded presses nobody. */
  public static Sign most(Set<Sign> signs) {
    if (signs.contains(PASSED) && signs.stream().noneMatch(Sign::pressing)) {
      return PASSED;
    }
    return signs.stream().min(Comparator.naturalOrder()).orElseThrow();
  }

  /** How many there are of each, in words. */
  public static String words(Map<Sign, Integer> counts) {
    return counts.entrySet().stream()
        .map(e -> e.getValue() + " " + e.getKey().word())
        .collect(Collectors.joining(", "));
  }

  /** Whether somebody should look. */
  public boolean pressing() {
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
