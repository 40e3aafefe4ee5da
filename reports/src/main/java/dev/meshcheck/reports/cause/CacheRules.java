package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.surface.Route;
import dev.meshcheck.fixtures.surface.RouteName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers that were given before, to somebody else. */
final class CacheRules {

  static final Map<String, Rule> ALL =
      Map.of(
          "one-answer-for-all", CacheRules::sameAnswer,
          "cache-answers", CacheRules::kept);

  private CacheRules() {}

  /**
   * Every answer has an id of its own. What would refute it: two different requests whose answers
   * have two. A run has checks for that.
   */
  private static Finding sameAnswer(Evidence e) {
    if (e.network().isEmpty()) {
      return Finding.SILENT;
    }
    Predicate<Trial> told =
        t -> t.method().equals("POST") && t.successful() && t.answerId().isPresent();
    Map<Optional<String>, List<Trial>> byId =
        e.where(told).stream()
            .collect(
                Collectors.groupingBy(Trial::answerId, LinkedHashMap::new, Collectors.toList()));
    Optional<List<Trial>> shared = byId.values().stream().filter(CacheRules::isShared).findFirst();
    if (shared.isEmpty()) {
      return e.where(told).size() > 1
          ? Finding.ruledOut("every answer has an id of its own")
          : Finding.SILENT;
    }
    List<String> lines =
        Stream.concat(
                Stream.of(
                    "%d requests that differ got the answer with the id %s"
                        .formatted(shared.get().size(), shared.get().get(0).answerId().get())),
                shared.get().stream().limit(3).map(Trial::seen))
            .toList();
    return Finding.found(0.9, lines, shared.get()::contains);
  }

  /**
   * A cache in front is nobody's fault while what it keeps is right. What would refute it: the same
   * answer without an age.
   */
  private static Finding kept(Evidence e) {
    Predicate<Trial> old = t -> t.route().isPresent() && t.voice().kept().isPresent();
    boolean list = ModelRules.isListedUnknown(e) && e.modelList().filter(old).isPresent();
    Predicate<Trial> wrong = old.and(t -> isAmiss(e, t) || (list && t.on(RouteName.MODELS)));
    Predicate<Trial> fresh = t -> t.voice().kept().isEmpty() && e.any(wrong.and(t::like));
    boolean plain = e.any(wrong.and(t -> e.asConfigured(t) || t.method().equals("GET")));
    if (!plain || e.where(wrong).stream().allMatch(t -> e.any(fresh.and(t::asksAs)))) {
      return e.any(t -> t.status().isPresent())
          ? Finding.ruledOut("no wrong answer says that a cache gave it")
          : Finding.SILENT;
    }
    List<String> lines =
        e.where(wrong).stream()
            .map(t -> t + ", " + t.voice().kept().get())
            .distinct()
            .limit(3)
            .toList();
    return Finding.found(0.85, lines, t -> wrong.test(t) || (list && t.has(Mark.ABOUT_MODEL)));
  }

  /** What is refused without a key, or need not be there, may be kept as well. */
  private static boolean isAmiss(Evidence e, Trial t) {
    boolean unasked = t.is(401, 403) && !e.asConfigured(t);
    boolean mayLack = t.refused() && t.route().stream().anyMatch(Route::optional);
    return !t.good() && !unasked && !mayLack;
  }

  private static boolean isShared(List<Trial> answers) {
    return answers.stream().map(Trial::asked).distinct().count() > 1
        && answers.stream().allMatch(answers.get(0)::like);
  }
}
