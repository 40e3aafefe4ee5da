package dev.meshcheck.reports.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When and how a run happened.
 *
 * @param id UTC time and four random digits, such as {@code 20261123T201500Z-3f2a}
 * @param startedAt when it began
 * @param finishedAt when it ended; absent while it goes on, or when it was killed
 * @param durationMs milliseconds so far
 * @param selection which checks were asked for, in words
 * @param parallelism how many exchanges were allowed in flight at once
 * @param strict whether a SHOULD that is not met fails the run
 * @param exitCode what the process exits with; absent while the run goes on
 * @param complete whether the run came to its end; a run that was interrupted did not
 * @param settings every setting that shaped the run, secrets as hints
 * @param machine where it ran
 * @param notes what the reader should know, such as how the surface was decided
 */
public record Run(
    String id,
    Instant startedAt,
    Optional<Instant> finishedAt,
    long durationMs,
    String selection,
    int parallelism,
    boolean strict,
    Optional<Integer> exitCode,
    boolean complete,
    List<Setting> settings,
    Machine machine,
    List<String> notes) {

  /** The same run with its exit code. */
  public Run exited(int code) {
    return new Run(
        id,
        startedAt,
        finishedAt,
        durationMs,
        selection,
        parallelism,
        strict,
        Optional.of(code),
        complete,
        settings,
        machine,
        notes);
  }
}
