package dev.meshcheck.reports.model;

import dev.meshcheck.reports.outcome.Outcome;

/**
 * What became of a failed check when it was run once more, alone.
 *
 * @param outcome of the second run; a failure that passes then is flaky, and stays a failure
 * @param message one sentence that stands alone
 */
public record Rerun(Outcome outcome, String message) {

  /** Whether the second run contradicts the failure. */
  public boolean flaky() {
    return outcome == Outcome.PASSED || outcome == Outcome.RECORDED;
  }
}
