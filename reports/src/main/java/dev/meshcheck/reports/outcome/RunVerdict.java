package dev.meshcheck.reports.outcome;

import java.util.Locale;

/** How a run, or an environment in a night, ended: in one word for all reports, the worst first. */
public enum RunVerdict {
  FAILED(Mood.BAD),
  UNREACHABLE(Mood.BAD),
  MESHCHECK_BROKE(Mood.BAD),
  LIST_OUT_OF_DATE(Mood.BAD),
  /** The settings are wrong, and nothing was sent. */
  NOT_RUN(Mood.BAD),
  /** Nothing can be said of the host, and that lies with the caller. */
  NOT_JUDGED(Mood.UNSURE),
  INCOMPLETE(Mood.UNSURE),
  CUT_SHORT(Mood.UNSURE),
  /** The night ended before it was its turn. */
  NOT_ASKED(Mood.UNSURE),
  UNFINISHED(Mood.UNSURE),
  /** Its turn in this night comes yet. */
  WAITING(Mood.UNSURE),
  PASSED(Mood.GOOD);

  /** Whether somebody has to look. */
  public enum Mood {
    BAD,
    UNSURE,
    GOOD;

    /** The word for style sheets. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Mood mood;

  RunVerdict(Mood mood) {
    this.mood = mood;
  }

  /** The verdict on somebody who was not asked at all, for the reason that has this code. */
  public static RunVerdict unasked(ExitCode code) {
    return switch (code) {
      case PASSED -> PASSED;
      case BROKEN_CONTRACT -> FAILED;
      case USAGE -> NOT_RUN;
      case INCOMPLETE -> NOT_JUDGED;
      case UNREACHABLE -> UNREACHABLE;
      case MESHCHECK_BROKE -> MESHCHECK_BROKE;
    };
  }

  /** Whether somebody has to look. */
  public Mood mood() {
    return mood;
  }

  /** As people read it, such as {@code NOT JUDGED}. */
  public String words() {
    return name().replace('_', ' ');
  }

  /** The kebab-case name, as in fleet.json. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
