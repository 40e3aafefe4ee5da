package dev.meshcheck.suites.diagnose;

import dev.meshcheck.reports.cause.DiagnosisReport;

/**
 * A situation that shows one cause, and one that only looks like it.
 *
 * @param cause the slug that has to rank first
 * @param evidence what has to be in its evidence
 * @param next what has to be in its next steps
 * @param shows the situation
 * @param nearMiss the situation in which the cause must not appear
 */
record Scenario(String cause, String evidence, String next, Play shows, Play nearMiss) {

  /** A situation, played to its end. */
  interface Play {
    DiagnosisReport on(Stage stage) throws Exception;
  }

  @Override
  public String toString() {
    return cause;
  }
}
