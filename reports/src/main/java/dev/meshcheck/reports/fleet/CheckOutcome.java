package dev.meshcheck.reports.fleet;

import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import java.util.Optional;

/**
 * A result that did not pass.
 *
 * @param check the id of the check
 * @param target the name of the target
 * @param outcome failed, warned or could not run
 * @param reason from the closed list
 * @param known whether somebody expects it
 */
public record CheckOutcome(
    String check, String target, Outcome outcome, Optional<Reason> reason, boolean known) {

  /** What is kept of a result. */
  static CheckOutcome of(CheckResult result) {
    return new CheckOutcome(
        result.check(), result.target(), result.outcome(), result.reason(), result.knownFailure());
  }

  /** As people write it, such as {@code chat.answers [on-demand]}. */
  String where() {
    return check + " [" + target + "]";
  }
}
