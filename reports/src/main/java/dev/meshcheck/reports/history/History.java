package dev.meshcheck.reports.history;

import dev.meshcheck.reports.model.ResultName;
import dev.meshcheck.reports.outcome.Outcome;
import java.util.List;
import java.util.Map;

/**
 * What became of each check in the last runs against the same hosts, this one included.
 *
 * @param outcomes at most {@link #RUNS} of each, the oldest first
 */
public record History(Map<ResultName, List<Outcome>> outcomes) {

  /** How many runs are looked at. */
  public static final int RUNS = 30;

  /** No history at all. */
  public static final History NONE = new History(Map.of());

  /** The last outcomes of that result, the oldest first. */
  public List<Outcome> of(ResultName name) {
    return outcomes.getOrDefault(name, List.of());
  }
}
