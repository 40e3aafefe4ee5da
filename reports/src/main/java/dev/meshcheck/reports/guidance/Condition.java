package dev.meshcheck.reports.guidance;

import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import java.util.List;
import java.util.Optional;

/**
 * When a piece of guidance applies: every list that is not empty has to match, and of each list one
 * element is enough, but for the facts.
 *
 * @param surfaces names of surfaces
 * @param routes that the check is about
 * @param outcomes of the check
 * @param reasons of the verdict
 * @param status of the decisive answer
 * @param body the shape of its body
 * @param noAnswer why there was no answer
 * @param all facts that all have to hold
 * @param none facts of which none may hold
 */
public record Condition(
    List<String> surfaces,
    List<RouteName> routes,
    List<Outcome> outcomes,
    List<Reason> reasons,
    List<StatusRange> status,
    List<BodyShape> body,
    List<NoAnswer.Kind> noAnswer,
    List<Fact> all,
    List<Fact> none) {

  boolean matches(Situation situation) {
    return allows(surfaces, Optional.of(situation.surface()))
        && allows(routes, Optional.of(situation.route()))
        && allows(outcomes, Optional.of(situation.outcome()))
        && allows(reasons, situation.reason())
        && (status.isEmpty() || situation.status().stream().anyMatch(this::hasStatus))
        && allows(body, situation.body())
        && allows(noAnswer, situation.noAnswer())
        && situation.facts().containsAll(all)
        && none.stream().noneMatch(situation.facts()::contains);
  }

  /** How much the condition asks for: the more, the more its guidance is to the point. */
  int specificity() {
    int score = 2 * all.size() + none.size();
    score += routes.isEmpty() ? 0 : 2;
    score += surfaces.isEmpty() ? 0 : 1;
    score += body.isEmpty() ? 0 : 2;
    score += noAnswer.isEmpty() ? 0 : 2;
    score += reasons.isEmpty() ? 0 : 1;
    if (!status.isEmpty()) {
      score += status.stream().allMatch(StatusRange::exact) ? 2 : 1;
    }
    return score;
  }

  private boolean hasStatus(int actual) {
    return status.stream().anyMatch(range -> range.holds(actual));
  }

  private static <T> boolean allows(List<T> wanted, Optional<T> actual) {
    return wanted.isEmpty() || actual.filter(wanted::contains).isPresent();
  }
}
