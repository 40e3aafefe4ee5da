package dev.meshcheck.reports.model;

import dev.meshcheck.reports.outcome.Outcome;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** Results counted by outcome. */
public record Summary(
    int passed, int failed, int warned, int recorded, int inapplicable, int couldNotRun) {

  /** The count of these results. */
  public static Summary of(Collection<CheckResult> results) {
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    results.forEach(result -> counts.merge(result.outcome(), 1, Integer::sum));
    return new Summary(
        counts.getOrDefault(Outcome.PASSED, 0),
        counts.getOrDefault(Outcome.FAILED, 0),
        counts.getOrDefault(Outcome.WARNED, 0),
        counts.getOrDefault(Outcome.RECORDED, 0),
        counts.getOrDefault(Outcome.INAPPLICABLE, 0),
        counts.getOrDefault(Outcome.COULD_NOT_RUN, 0));
  }

  /** How many results there are. */
  public int total() {
    return passed + failed + warned + recorded + inapplicable + couldNotRun;
  }
}
