package dev.meshcheck.reports.history;

import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TargetReport;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A run that came to its end, as history.jsonl has it.
 *
 * @param id of the run
 * @param exitCode what it ended with
 * @param targets keys of whom it judged, see {@link
 *     dev.meshcheck.reports.model.TargetReport#key(String, String)}
 */
public record PastRun(String id, Optional<Integer> exitCode, Set<String> targets) {

  public PastRun {
    targets = Set.copyOf(targets);
  }

  /** A run that was read. */
  public static PastRun of(RunReport run) {
    return new PastRun(
        run.run().id(),
        run.run().exitCode(),
        run.targets().stream().map(TargetReport::key).collect(Collectors.toSet()));
  }

  /**
   * Whether it judged one of these, and under none of their names somebody else.
   *
   * @param keys of targets
   */
  public boolean judged(Set<String> keys) {
    Set<String> names = Set.copyOf(keys.stream().map(PastRun::name).toList());
    return targets.stream().anyMatch(keys::contains)
        && targets.stream().noneMatch(t -> names.contains(name(t)) && !keys.contains(t));
  }

  private static String name(String key) {
    return key.substring(0, key.indexOf(' ') + 1);
  }
}
