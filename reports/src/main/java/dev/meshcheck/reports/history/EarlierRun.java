package dev.meshcheck.reports.history;

import dev.meshcheck.reports.model.ResultName;
import dev.meshcheck.reports.outcome.Outcome;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A run as history.jsonl has it.
 *
 * @param id of the run
 * @param startedAt when it began, where its line tells
 * @param outcomes what became of each check
 */
public record EarlierRun(
    String id, Optional<Instant> startedAt, Map<ResultName, Outcome> outcomes) {

  public EarlierRun {
    outcomes = Map.copyOf(outcomes);
  }
}
