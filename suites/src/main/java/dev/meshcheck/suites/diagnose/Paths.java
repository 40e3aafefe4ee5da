package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.fixtures.surface.Surface;
import dev.meshcheck.reports.cause.Clue;
import dev.meshcheck.reports.cause.Evidence;
import dev.meshcheck.reports.cause.Mark;
import dev.meshcheck.reports.cause.Trial;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the model list is, when it is not where it should be. */
final class Paths {

  /** Prefixes that gateways and web interfaces put in front; the last is Docker Model Runner's. */
  private static final List<String> PREFIXES = List.of("/api", "/openai", "/engines");

  private Paths() {}

  /** Asks at the other paths, each compared with what the right path says. */
  static void look(Case one, Budget budget, boolean credentials) {
    Optional<Trial> lost =
        one.evidence().trials().stream()
            .filter(t -> t.on(RouteName.MODELS) && !t.has(Mark.MODEL_LIST))
            .reduce((first, second) -> second);
    if (lost.isEmpty() || !isLostAgain(one, budget, credentials)) {
      return;
    }
    String api = one.target().surface().apiPath();
    if (lost.get().isNowhere()) {
      find(one, budget, changed(api), lost.get(), credentials)
          .ifPresent(
              t -> {
                one.clue(Clue.PATH_CHANGED, t + ", and " + lost.get());
                one.clue(Clue.API_LIES_AT, t.path().replaceFirst("/models$", ""));
              });
    }
    boolean none =
        one.evidence().trials().stream()
            .allMatch(t -> credentials ? !Evidence.isAnsweredByApi(t) : t.isNowhere());
    if (none && one.evidence().clues().isEmpty()) {
      find(one, budget, below(api), lost.get(), credentials)
          .ifPresent(t -> one.clue(Clue.PREFIX_ANSWERS, t.toString()));
    }
  }

  /**
   * With the part that a proxy takes off, without the one that it puts before, or as documented;
   * without the slash that nginx puts there once more where {@code location /v1} passes on to
   * {@code /v1/}.
   */
  private static List<String> changed(String api) {
    Stream<String> others =
        Stream.of(api + api, "", Surface.API_PATH)
            .distinct()
            .filter(other -> !other.equals(api))
            .map(other -> other + "/models");
    return Stream.concat(others, Stream.of(api + "models").filter(path -> !api.isEmpty())).toList();
  }

  private static List<String> below(String api) {
    return PREFIXES.stream().map(prefix -> prefix + api + "/models").toList();
  }

  /** What is there now and then is no question of the path. */
  private static boolean isLostAgain(Case one, Budget budget, boolean credentials) {
    String api = one.target().surface().apiPath();
    List<Exchange> again =
        budget.send(List.of(Trials.models(one, api + "/models", credentials).again(2)));
    one.add(again);
    return again.stream()
        .map(one::trial)
        .allMatch(t -> t.isNowhere() || t.is(401, 403) || isOtherList(t));
  }

  /** Other protocols of model servers have a list at this path, too. */
  static boolean isOtherList(Trial t) {
    return t.on(RouteName.MODELS) && t.successful() && !t.isPage() && !t.has(Mark.MODEL_LIST);
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
