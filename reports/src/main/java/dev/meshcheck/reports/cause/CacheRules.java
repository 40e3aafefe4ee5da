package dev.meshcheck.reports.cause;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers that were given before, to somebody else. */
final class CacheRules {

  static final Map<String, Rule> ALL = Map.of("one-answer-for-all", CacheRules::sameAnswer);

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

  private static boolean isShared(List<Trial> answers) {
    return answers.stream().map(Trial::asked).distinct().count() > 1
        && answers.stream().allMatch(answers.get(0)::like);
  }
}
