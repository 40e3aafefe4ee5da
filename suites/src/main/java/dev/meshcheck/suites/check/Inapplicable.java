package dev.meshcheck.suites.check;

import org.opentest4j.TestAbortedException;

/** The host or its model rightly lacks what the check is about. */
public final class Inapplicable extends TestAbortedException {

  private static final long serialVersionUID = 1;

  /** Says in one sentence what is lacking. */
  public Inapplicable(String message) {
    super(message);
  }
}
