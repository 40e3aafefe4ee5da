package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.model.CauseReport;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.outcome.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The causes behind what failed in a run of checks. */
public final class RunCauses {

  /** A cause that explains less than that says no more than the verdict itself. */
  private static final int MANY = 2;

  private RunCauses() {}

  /**
   * The causes that explain results, several unless they are the caller's own, in the order in
   * which they have to be put right.
   *
   * @param origins where the parts of each target come from, by its name
   * @param said what the exchanges of the run say, which is asked only where something went wrong
   * @param clean takes secrets out of a text
   */
  public static List<CauseReport> of(
      Collection<Target> targets,
      Map<String, Map<Setting, String>> origins,
      Collection<CheckResult> results,
      Supplier<List<Trial>> said,
      UnaryOperator<String> clean) {
    // A cause that explains nothing is not told, and whole catalogues pass every night.
    if (results.stream().noneMatch(RunCauses::wentWrong)) {
      return List.of();
    }
    List<Trial> trials = said.get();
    Map<String, Trial> byId = trials.stream().collect(Collectors.toMap(Trial::id, t -> t));
    List<Evidence> evidence =
        targets.stream()
            .map(
                target ->
                    new Evidence(
                        Subject.of(target, targets, origins.getOrDefault(target.name(), Map.of())),
                        Optional.empty(),
                        trials.stream().filter(t -> t.target().equals(target.name())).toList(),
                        clues(target, results)))
            .toList();
    return Diagnosis.of(evidence).stream()
        .flatMap(cause -> told(cause, explained(cause, results, byId), clean).stream())
        .toList();
  }

  /** What is the caller's own is told of one result too: it is no failure of the host. */
  private static Optional<CauseReport> told(
      Diagnosed cause, List<String> explains, UnaryOperator<String> clean) {
    int least = cause.cause().caller() ? 1 : MANY;
    return Optional.of(report(cause, explains, clean)).filter(c -> c.explains().size() >= least);
  }

  /** What the checks that judge streams alone in flight found out. */
  private static Map<Clue, String> clues(Target target, Collection<CheckResult> results) {
    return results.stream()
        .filter(r -> r.target().equals(target.name()))
        .filter(r -> r.reason().equals(Optional.of(Reason.STREAM_BUFFERED)))
        .findFirst()
        .map(r -> Map.of(Clue.STREAMS_HELD_BACK, r.route() + ": " + r.actual().orElse(r.message())))
        .orElse(Map.of());
  }

  private static List<String> explained(
      Diagnosed cause, Collection<CheckResult> results, Map<String, Trial> trials) {
    return results.stream()
        .filter(r -> r.target().equals(cause.target()))
        .filter(r -> r.reason().filter(cause.cause().predicts()::contains).isPresent())
        .filter(r -> isBehind(cause, r, trials))
        .map(CheckResult::check)
        .distinct()
        .toList();
  }

  private static boolean wentWrong(CheckResult result) {
    return switch (result.outcome()) {
      case FAILED, WARNED, COULD_NOT_RUN -> true;
      case PASSED, RECORDED, INAPPLICABLE -> false;
    };
  }

  /**
   * Whether the cause shows in what the result rests on: its decisive exchange where it was judged,
   * any of its exchanges where it could not be.
   */
  private static boolean isBehind(Diagnosed cause, CheckResult result, Map<String, Trial> trials) {
    List<Trial> used =
        result.exchanges().stream()
            .flatMap(id -> Optional.ofNullable(trials.get(id)).stream())
            .toList();
    boolean listed = cause.cause().checks().contains(result.check());
    return switch (result.outcome()) {
      case FAILED, WARNED ->
          listed || (!used.isEmpty() && cause.symptom().test(used.get(used.size() - 1)));
      case COULD_NOT_RUN -> listed || used.stream().anyMatch(cause.symptom());
      case PASSED, RECORDED, INAPPLICABLE -> false;
    };
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
