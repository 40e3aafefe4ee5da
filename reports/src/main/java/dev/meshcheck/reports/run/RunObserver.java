package dev.meshcheck.reports.run;

import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.RunReport;

/**
 * Listens to a run. Calls come one at a time and hold up the run, so they must be quick. All that
 * an observer gets is redacted.
 */
public interface RunObserver {

  /** The run begins; the report has no results yet. */
  default void started(RunReport report) {}

  /** A remark for the reader. */
  default void noted(String note) {}

  /** A verdict came in, in any order. */
  default void progressed(Progress progress) {}

  /**
   * A result whose predecessors in the plan have all been told. Guidance rests on the whole run, so
   * it is still empty here.
   */
  default void told(CheckResult result) {}

  /** The run is over; the report is final. */
  default void finished(RunReport report) {}
}
