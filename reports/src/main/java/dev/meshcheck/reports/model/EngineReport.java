package dev.meshcheck.reports.model;

import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of the same check one hop further in.
 *
 * @param outcome of the check at the engine
 * @param reason why it did not pass there
 * @param message one sentence that stands alone
 * @param exchanges ids of what that rests on, the decisive one last
 * @param whose fault a failure in front is; absent where nothing is wrong there
 */
public record EngineReport(
    Outcome outcome,
    Optional<Reason> reason,
    String message,
    List<String> exchanges,
    Optional<Whose> whose) {

  /** Keeps a copy. */
  public EngineReport {
    exchanges = List.copyOf(exchanges);
  }

  /** Who has to look at a failure in front. */
  public enum Whose {
    /** The engine holds what the host in front does not. */
    GATEWAY,
    /** Both fail for the same reason. */
    ENGINE,
    /** Both fail, each for a reason of its own. */
    BOTH,
    /** Nothing can be said of the engine. */
    UNKNOWN;

    /** The kebab-case name, as in report.json. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether the check does not hold there, at whatever level it is judged there. */
  public boolean wrong() {
    return wrong(outcome, reason);
  }

  /** Whether such a result is wrong; an INFO check that broke off has a reason. */
  public static boolean wrong(Outcome outcome, Optional<Reason> reason) {
    return switch (outcome) {
      case FAILED, WARNED -> true;
      case RECORDED -> reason.isPresent();
      case PASSED, INAPPLICABLE, COULD_NOT_RUN -> false;
    };
  }
}
