package dev.meshcheck.suites.check;

import dev.meshcheck.reports.outcome.Reason;

/** Nothing can be said about the contract. It is never a pass. */
public final class CouldNotRun extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Reason reason;

  /** Says why in one sentence that stands alone. */
  public CouldNotRun(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why, from the closed list. */
  public Reason reason() {
    return reason;
  }
}
