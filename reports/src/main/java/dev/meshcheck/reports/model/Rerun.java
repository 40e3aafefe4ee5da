package dev.meshcheck.reports.model;

import dev.meshcheck.reports.outcome.Outcome;

/**
 * What became of a failed check when it was run once more, alone.
 *
 * @param outcome of the second run; a failure that passes then is flaky, and stays a failure
 * @param message one sentence that stands alone
 * @param failed in how many of the last runs the check failed, this one included
 * @param runs how many of the last runs judged it, this one included
 */
public record Rerun(Outcome outcome, String message, int failed, int runs) {

  /** A rerun of a check that no earlier run knows. */
  public Rerun(Outcome outcome, String message) {
    this(outcome, message, 1, 1);
  }

  /** Whether the second run contradicts the failure. */
  public boolean flaky() {
    return outcome == Outcome.PASSED || outcome == Outcome.RECORDED;
  }

  /** The same with how often the check failed. */
  public Rerun withRate(int failures, int all) {
    return new Rerun(outcome, message, failures, all);
  }

  /** How often the check failed, in words. */
  public String rate() {
    return runs < 2
        ? "no earlier run judged it"
        : "it failed in " + failed + " of the last " + runs + " runs";
  }
}
