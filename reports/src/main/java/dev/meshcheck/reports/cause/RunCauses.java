package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.model.CauseReport;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.outcome.Outcome;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The causes behind what failed in a run of checks. */
public final class RunCauses {

  /** A cause that explains less than that says no more than the verdict itself. */
  private static final int MANY = 2;

  private RunCauses() {}

  /**
   * The causes that explain several results each, in the order in which they have to be put right.
   *
   * @param origins where the parts of each target come from, by its name
   * @param trials what the exchanges of the run say
   * @param clean takes secrets out of a text
   */
  public static List<CauseReport> of(
      Collection<Target> targets,
      Map<String, Map<Setting, String>> origins,
      Collection<CheckResult> results,
      Collection<Trial> trials,
      UnaryOperator<String> clean) {
    Map<String, Trial> byId = trials.stream().collect(Collectors.toMap(Trial::id, t -> t));
    List<Evidence> evidence =
        targets.stream()
            .map(
                target ->
                    new Evidence(
                        Subject.of(target, targets, origins.getOrDefault(target.name(), Map.of())),
                        Optional.empty(),
                        trials.stream().filter(t -> t.target().equals(target.name())).toList(),
                        Map.of()))
            .toList();
    return Diagnosis.of(evidence).stream()
        .map(cause -> report(cause, explained(cause, results, byId), clean))
        .filter(cause -> cause.explains().size() >= MANY)
        .toList();
  }

  private static List<String> explained(
      Diagnosed cause, Collection<CheckResult> results, Map<String, Trial> trials) {
    return results.stream()
        .filter(r -> r.target().equals(cause.target()))
        .filter(
            r ->
                Set.of(Outcome.FAILED, Outcome.COULD_NOT_RUN, Outcome.WARNED).contains(r.outcome()))
        .filter(
            r ->
                cause.cause().checks().contains(r.check())
                    || r.exchanges().stream()
                        .flatMap(id -> Optional.ofNullable(trials.get(id)).stream())
                        .anyMatch(cause.symptom()))
        .map(CheckResult::check)
        .distinct()
        .toList();
  }

  static CauseReport report(Diagnosed d, List<String> explains, UnaryOperator<String> clean) {
    return new CauseReport(
        d.cause().slug(),
        d.cause().title(),
        d.confidence(),
        d.evidence().stream().map(clean).toList(),
        d.next().stream().map(clean).toList(),
        explains,
        Optional.of(clean.apply(d.target())));
  }
}
