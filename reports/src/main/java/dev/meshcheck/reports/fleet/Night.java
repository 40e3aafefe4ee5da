package dev.meshcheck.reports.fleet;

import dev.meshcheck.reports.outcome.ExitCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When and how a fleet was judged.
 *
 * @param id of the night, made as that of a run
 * @param startedAt when it began
 * @param finishedAt when it ended; absent while it goes on, or when it was killed
 * @param complete whether it came to its end; one that was interrupted did not
 * @param exitCode what the process exits with; absent while it goes on
 * @param shard which part of the fleet this is, where it is a part
 * @param notes what the reader should know
 */
public record Night(
    String id,
    Instant startedAt,
    Optional<Instant> finishedAt,
    boolean complete,
    Optional<Integer> exitCode,
    Optional<Shard> shard,
    List<String> notes) {

  /** The same at its end. */
  Night ended(Instant now, boolean whole, ExitCode code) {
    return new Night(
        id, startedAt, Optional.of(now), whole, Optional.of(code.code()), shard, notes);
  }

  /**
   * A part of a fleet that is judged on several machines.
   *
   * @param index from 1
   * @param of how many parts there are
   */
  public record Shard(int index, int of) {

    @Override
    public String toString() {
      return index + "/" + of;
    }
  }
}
