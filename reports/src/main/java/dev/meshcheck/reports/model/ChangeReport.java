package dev.meshcheck.reports.model;

import java.time.Instant;
import java.util.List;

/**
 * What is different from an earlier run.
 *
 * @param baseline the id of the earlier run
 * @param baselineAt when the earlier run began
 * @param onlyNewFail whether failures that were there before do not fail the run
 * @param newlyFailing fails now and did not fail before
 * @param fixed failed before and does not fail now
 * @param stillFailing failed before and fails now
 * @param newlyCouldNotRun could not run now and did before
 * @param added judged now and unknown to the earlier run
 * @param removed judged in the earlier run and unknown to this one
 * @param shifts durations that moved by more than their noise
 * @param versions servers that say they are another version
 */
public record ChangeReport(
    String baseline,
    Instant baselineAt,
    boolean onlyNewFail,
    List<ResultName> newlyFailing,
    List<ResultName> fixed,
    List<ResultName> stillFailing,
    List<ResultName> newlyCouldNotRun,
    List<ResultName> added,
    List<ResultName> removed,
    List<Shift> shifts,
    List<VersionChange> versions) {

  /** The three numbers that matter, such as {@code 2 new, 2 fixed, 8 still failing}. */
  public String headline() {
    return newlyFailing.size()
        + " new, "
        + fixed.size()
        + " fixed, "
        + stillFailing.size()
        + " still failing";
  }
}
