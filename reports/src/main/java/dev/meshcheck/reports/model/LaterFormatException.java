package dev.meshcheck.reports.model;

import java.io.IOException;

/** A report.json in a format that this version cannot read. */
public final class LaterFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  LaterFormatException(int version) {
    super(
        "it has format "
            + version
            + ", of a later Meshcheck; this one reads formats up to "
            + RunReport.SCHEMA_VERSION);
  }
}
