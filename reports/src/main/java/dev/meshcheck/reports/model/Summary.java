package dev.meshcheck.reports.model;

import dev.meshcheck.reports.outcome.Outcome;
import java.util.Collection;

/** Results counted by outcome. */
public record Summary(
    int passed, int failed, int warned, int recorded, int inapplicable, int couldNotRun) {

  /** The count of these results. */
  public static Summary of(Collection<CheckResult> results) {
    return new Summary(
        count(results, Outcome.PASSED),
        count(results, Outcome.FAILED),
        count(results, Outcome.WARNED),
        count(results, Outcome.RECORDED),
        count(results, Outcome.INAPPLICABLE),
        count(results, Outcome.COULD_NOT_RUN));
  }

  /** How many results there are. */
  public int total() {
    return passed + failed + warned + recorded + inapplicable + couldNotRun;
  }

  private static int count(Collection<CheckResult> results, Outcome outcome) {
    return (int) results.stream().filter(result -> result.outcome() == outcome).count();
  }
}
