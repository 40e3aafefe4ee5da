package dev.meshcheck.reports.run;

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
 */
public record Expectations(
    Optional<KnownFailures> known,
    Optional<RunReport> baseline,
    boolean onlyNewFail,
    List<String> catalogue) {

  /** Nothing is known: every failure fails the run. */
  public static final Expectations NONE =
      new Expectations(Optional.empty(), Optional.empty(), false, List.of());

  public Expectations {
    catalogue = List.copyOf(catalogue);
  }
}
