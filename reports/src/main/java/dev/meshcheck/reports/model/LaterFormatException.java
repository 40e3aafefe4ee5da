package dev.meshcheck.reports.model;

import java.io.IOException;

/** A report of a run or a night in a format that this version cannot read. */
public final class LaterFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * A report in that format.
   *
   * @param known the latest one that can be read
   */
  public LaterFormatException(int version, int known) {
    super(
        "it has format "
            + version
            + ", of a later Meshcheck; this one reads formats up to "
            + known);
  }
}
