package dev.meshcheck.reports.run;

import dev.meshcheck.reports.history.HistoryFile;
import dev.meshcheck.reports.known.KnownFailures;
import dev.meshcheck.reports.model.RunReport;
import java.util.List;
import java.util.Optional;

/**
 * What is known before a run begins.
 *
 * @param known failures that do not fail the run
 * @param baseline an earlier run to compare with
 * @param onlyNewFail whether failures that the baseline has too do not fail the run
 * @param catalogue the ids of all checks, selected or not
 * @param history what became of the checks in earlier runs
 */
public record Expectations(
    Optional<KnownFailures> known,
    Optional<RunReport> baseline,
    boolean onlyNewFail,
    List<String> catalogue,
    Optional<HistoryFile> history) {

  /** Nothing is known: every failure fails the run. */
  public static final Expectations NONE =
      new Expectations(Optional.empty(), Optional.empty(), false, List.of(), Optional.empty());

  public Expectations {
    catalogue = List.copyOf(catalogue);
  }
}
