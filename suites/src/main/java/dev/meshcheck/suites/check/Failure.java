package dev.meshcheck.suites.check;

import dev.meshcheck.reports.outcome.Reason;
import java.util.List;

/** The contract does not hold. What that means for the run depends on the level of the check. */
public final class Failure extends AssertionError {

  private static final long serialVersionUID = 1;

  private final Reason reason;
  private final String expected;
  private final String actual;
  private final List<String> likely;

  /**
   * A failure that says why, what the contract asks for, and what came back.
   *
   * @param reason from the closed list
   * @param message one sentence that stands alone
   * @param expected what the contract asks for
   * @param actual what came back instead
   */
  public Failure(Reason reason, String message, String expected, String actual) {
    this(reason, message, expected, actual, List.of());
  }

  private Failure(
      Reason reason, String message, String expected, String actual, List<String> likely) {
    super(message);
    this.reason = reason;
    this.expected = expected;
    this.actual = actual;
    this.likely = likely;
  }

  /** The same failure, which shows more of its cause than its check can know. */
  public Failure likely(String... causes) {
    return new Failure(reason, getMessage(), expected, actual, List.of(causes));
  }

  /** The same failure, told in other words. */
  public Failure told(String message) {
    return new Failure(reason, message, expected, actual, likely);
  }

  /** What is probably wrong, most likely first; empty where the check knows no less. */
  public List<String> likely() {
    return likely;
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
