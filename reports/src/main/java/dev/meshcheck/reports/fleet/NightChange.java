package dev.meshcheck.reports.fleet;

import dev.meshcheck.reports.history.EarlierRun;
import dev.meshcheck.reports.model.ChangeReport;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.ResultName;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Outcome;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is different from an earlier run, in numbers and the first names.
 *
 * @param since the id of the earlier run
 * @param at when it began, where that is known
 * @param newlyFailing how many results fail now and did not before
 * @param fixed how many failed before and do not now
 * @param stillFailing how many fail as before
 * @param names the first that fail newly
 */
public record NightChange(
    String since,
    Optional<Instant> at,
    int newlyFailing,
    int fixed,
    int stillFailing,
    List<ResultName> names) {

  private static final int MOST_NAMES = 5;

  private static final Set<Outcome> UNJUDGED =
      EnumSet.of(Outcome.COULD_NOT_RUN, Outcome.INAPPLICABLE);

  /** What a run says of its baseline. */
  static NightChange of(ChangeReport change) {
    return new NightChange(
        change.baseline(),
        Optional.of(change.baselineAt()),
        change.fixed().size(),
        change.newlyFailing(),
        change.stillFailing().size());
  }

  private NightChange(
      String since, Optional<Instant> at, int fixed, List<ResultName> young, int stillFailing) {
    this(since, at, young.size(), fixed, stillFailing, young.stream().limit(MOST_NAMES).toList());
  }

  /** The same by the history of the environment, judged as strictly as this run. */
  static NightChange since(EarlierRun before, RunReport now) {
    boolean strict = now.run().strict();
    Predicate<Outcome> fails = o -> o == Outcome.FAILED || (strict && o == Outcome.WARNED);
    Predicate<CheckResult> failed =
        r -> Optional.ofNullable(before.outcomes().get(ResultName.of(r))).filter(fails).isPresent();
    List<CheckResult> failing =
        now.results().stream().filter(r -> fails.test(r.outcome())).toList();
    Stream<CheckResult> holding =
        now.results().stream()
            .filter(r -> !fails.test(r.outcome()) && !UNJUDGED.contains(r.outcome()));
    return new NightChange(
        before.id(),
        before.startedAt(),
        (int) holding.filter(failed).count(),
        failing.stream().filter(failed.negate()).map(ResultName::of).toList(),
        (int) failing.stream().filter(failed).count());
  }

  /** Whether anything is different. */
  public boolean any() {
    return newlyFailing + fixed > 0;
  }

  /** Such as {@code 2 new, 1 fixed, 8 still failing}; nothing where nothing fails and failed. */
  public String words() {
    return Stream.of(
            part(newlyFailing, "new"), part(fixed, "fixed"), part(stillFailing, "still failing"))
        .filter(part -> !part.isEmpty())
        .reduce((one, other) -> one + ", " + other)
        .orElse("");
  }

  private static String part(int count, String word) {
    return count == 0 ? "" : count + " " + word;
  }
}
