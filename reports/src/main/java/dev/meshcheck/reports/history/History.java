package dev.meshcheck.reports.history;

import dev.meshcheck.reports.model.ResultName;
import dev.meshcheck.reports.outcome.Outcome;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of each check in the last runs against the same hosts, this one included.
 *
 * @param outcomes at most {@link #RUNS} of each, the oldest first
 * @param runs those runs in numbers, the oldest first
 */
public record History(Map<ResultName, List<Outcome>> outcomes, List<RunCounts> runs) {

  /** How many runs are looked at. */
  public static final int RUNS = 30;

  private static final Set<Outcome> UNJUDGED =
      EnumSet.of(Outcome.COULD_NOT_RUN, Outcome.INAPPLICABLE);

  /** No history at all. */
  public static final History NONE = new History(Map.of(), List.of());

  /** The last outcomes of that result, the oldest first. */
  public List<Outcome> of(ResultName name) {
    return outcomes.getOrDefault(name, List.of());
  }

  /** In how many of the last runs it was judged at all. */
  public int judged(ResultName name) {
    return (int) of(name).stream().filter(o -> !UNJUDGED.contains(o)).count();
  }

  /** In how many of the last runs it failed. */
  public int failed(ResultName name) {
    return (int) of(name).stream().filter(o -> o == Outcome.FAILED).count();
  }
}
