package dev.meshcheck.reports.history;

import dev.meshcheck.reports.outcome.Outcome;
import java.util.EnumMap;
import java.util.Map;

/**
 * How one run ended, in numbers.
 *
 * @param run the id of the run
 * @param counts how many results there were of each outcome that occurred
 */
public record RunCounts(String run, Map<Outcome, Integer> counts) {

  public RunCounts {
    counts = Map.copyOf(counts);
  }

  /** The counts of a run with these outcomes. */
  static RunCounts of(String run, Iterable<Outcome> outcomes) {
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    outcomes.forEach(outcome -> counts.merge(outcome, 1, Integer::sum));
    return new RunCounts(run, counts);
  }

  /** How many results had that outcome. */
  public int of(Outcome outcome) {
    return counts.getOrDefault(outcome, 0);
  }
}
