package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.cause.Clue;
import dev.meshcheck.reports.cause.Mark;
import dev.meshcheck.reports.cause.Trial;
import java.util.List;
import java.util.Optional;

/** Where the model list is, when it is not where it should be. */
final class Paths {

  /** With the /v1 that a proxy takes off, and without the one that it puts before. */
  private static final List<String> CHANGED = List.of("/v1/v1/models", "/models");

  /** Prefixes that gateways and web interfaces put in front. */
  private static final List<String> BELOW = List.of("/api/v1/models", "/openai/v1/models");

  private Paths() {}

  /** Asks at the other paths, each compared with what the right path says. */
  static void look(Case one, Budget budget, boolean credentials) {
    Optional<Trial> lost =
        one.evidence().trials().stream()
            .filter(t -> t.on(RouteName.MODELS) && !t.good())
            .reduce((first, second) -> second);
    if (lost.isEmpty() || !isLostAgain(one, budget, credentials)) {
      return;
    }
    if (lost.get().isNowhere()) {
      find(one, budget, CHANGED, lost.get(), credentials)
          .ifPresent(t -> one.clue(Clue.PATH_CHANGED, t + ", and " + lost.get()));
    }
    boolean all =
        one.evidence().trials().stream().allMatch(t -> credentials ? !t.good() : t.isNowhere());
    if (all && one.evidence().clues().isEmpty()) {
      find(one, budget, BELOW, lost.get(), credentials)
          .ifPresent(t -> one.clue(Clue.PREFIX_ANSWERS, t.toString()));
    }
  }

  /** What is there now and then is no question of the path. */
  private static boolean isLostAgain(Case one, Budget budget, boolean credentials) {
    List<Exchange> again =
        budget.send(List.of(Trials.models(one, "/v1/models", credentials).again(2)));
    one.add(again);
    return again.stream().map(one::trial).allMatch(t -> t.isNowhere() || t.is(401, 403));
  }

  private static Optional<Trial> find(
      Case one, Budget budget, List<String> paths, Trial lost, boolean credentials) {
    List<Trial> found =
        budget.send(paths.stream().map(p -> Trials.models(one, p, credentials)).toList()).stream()
            .map(one::trial)
            .toList();
    return found.stream().filter(t -> isThere(t, lost)).findFirst();
  }

  /** The list itself, or the API's own refusal where the right path is not there at all. */
  private static boolean isThere(Trial found, Trial lost) {
    boolean refusal =
        lost.isNowhere()
            && found.is(400, 401, 403)
            && found.has(Mark.API_ERROR)
            && !found.like(lost);
    return found.has(Mark.MODEL_LIST) || refusal;
  }
}
