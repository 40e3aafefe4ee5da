package dev.meshcheck.reports.compare;

import dev.meshcheck.reports.model.ChangeReport;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.ResultName;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TargetReport;
import dev.meshcheck.reports.model.VersionChange;
import dev.meshcheck.reports.outcome.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds what is different between two runs. Results are the same by check and target. */
public final class Comparison {

  private final RunReport before;
  private final RunReport now;
  private final boolean strict;
  private final Map<ResultName, CheckResult> old;
  private final Map<ResultName, CheckResult> young;

  private Comparison(RunReport before, RunReport now) {
    this.before = before;
    this.now = now;
    this.strict = now.run().strict();
    this.old = byName(before);
    this.young = byName(now);
  }

  /**
   * What changed.
   *
   * @param onlyNewFail whether failures that were there before do not fail the run
   */
  public static ChangeReport of(RunReport before, RunReport now, boolean onlyNewFail) {
    return new Comparison(before, now).change(onlyNewFail);
  }

  private ChangeReport change(boolean onlyNewFail) {
    return new ChangeReport(
        before.run().id(),
        before.run().startedAt(),
        onlyNewFail,
        names(young, name -> fails(young, name) && !fails(old, name)),
        names(old, name -> fails(old, name) && holds(name)),
        names(young, name -> fails(young, name) && fails(old, name)),
        names(
            young,
            name ->
                is(young, name, Outcome.COULD_NOT_RUN)
                    && old.containsKey(name)
                    && !is(old, name, Outcome.COULD_NOT_RUN)),
        names(young, name -> sameSelection() && !old.containsKey(name)),
        names(old, name -> sameSelection() && !young.containsKey(name)),
        Shifts.between(before, now),
        versions());
  }

  /** A narrower selection adds and removes no check. */
  private boolean sameSelection() {
    return before.run().selection().equals(now.run().selection());
  }

  private static Map<ResultName, CheckResult> byName(RunReport report) {
    return report.results().stream()
        .collect(
            Collectors.toMap(ResultName::of, r -> r, (first, second) -> first, LinkedHashMap::new));
  }

  /** Whether the result was judged and does not fail any more. */
  private boolean holds(ResultName name) {
    return Optional.ofNullable(young.get(name))
        .filter(r -> !fails(young, name))
        .filter(r -> r.outcome() != Outcome.COULD_NOT_RUN && r.outcome() != Outcome.INAPPLICABLE)
        .isPresent();
  }

  /** Both runs are judged as strictly as the newer one, or the flag alone would break things. */
  private boolean fails(Map<ResultName, CheckResult> results, ResultName name) {
    return is(results, name, Outcome.FAILED) || (strict && is(results, name, Outcome.WARNED));
  }

  private static boolean is(
      Map<ResultName, CheckResult> results, ResultName name, Outcome outcome) {
    return Optional.ofNullable(results.get(name)).filter(r -> r.outcome() == outcome).isPresent();
  }

  private static List<ResultName> names(
      Map<ResultName, CheckResult> results, Predicate<ResultName> wanted) {
    return results.keySet().stream().filter(wanted).toList();
  }

  private List<VersionChange> versions() {
    Map<String, TargetReport> earlier =
        before.targets().stream()
            .collect(Collectors.toMap(TargetReport::name, t -> t, (first, second) -> first));
    return now.targets().stream()
        .filter(target -> earlier.containsKey(target.name()))
        .map(
            target ->
                new VersionChange(
                    target.name(),
                    earlier.get(target.name()).serverVersion(),
                    target.serverVersion()))
        .filter(version -> !Objects.equals(version.before(), version.after()))
        .toList();
  }
}
