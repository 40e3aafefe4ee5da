package dev.meshcheck.suites.check;

import dev.meshcheck.reports.outcome.Reason;

/** The contract does not hold. What that means for the run depends on the level of the check. */
public final class Failure extends AssertionError {

  private static final long serialVersionUID = 1;

  private final Reason reason;
  private final String expected;
  private final String actual;

  /**
   * A failure that says why, what the contract asks for, and what came back.
   *
   * @param reason from the closed list
   * @param message one sentence that stands alone
   * @param expected what the contract asks for
   * @param actual what came back instead
   */
  public Failure(Reason reason, String message, String expected, String actual) {
    super(message);
    this.reason = reason;
    this.expected = expected;
    this.actual = actual;
  }

  /** Why, from the closed list. */
  public Reason reason() {
    return reason;
  }

  /** What the contract asks for. */
  public String expected() {
    return expected;
  }

  /** What came back instead. */
  public String actual() {
    return actual;
  }
}
