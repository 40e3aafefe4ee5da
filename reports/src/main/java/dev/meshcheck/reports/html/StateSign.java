package dev.meshcheck.reports.html;

import dev.meshcheck.reports.model.CapabilityReport.State;

/** How the state of a capability is shown: by colour, mark and word, never colour alone. */
public enum StateSign {
  YES("✓", "yes", "passed"),
  NO("–", "no", "inapplicable"),
  BROKEN("✗", "broken", "failed"),
  NOT_JUDGED("?", "not judged", "could-not-run");

  private final String mark;
  private final String word;
  private final String colour;

  StateSign(String mark, String word, String colour) {
    this.mark = mark;
    this.word = word;
    this.colour = colour;
  }

  /** The sign of a state. */
  public static StateSign of(State state) {
    return switch (state) {
      case YES -> YES;
      case NO -> NO;
      case BROKEN -> BROKEN;
      case NOT_JUDGED -> NOT_JUDGED;
    };
  }

  /** One character that says the same as the colour. */
  public String mark() {
    return mark;
  }

  /** What people read. */
  public String word() {
    return word;
  }

  /** The outcome that has the same colour in the style sheet. */
  public String colour() {
    return colour;
  }
}
