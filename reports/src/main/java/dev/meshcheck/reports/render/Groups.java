package dev.meshcheck.reports.render;

import dev.meshcheck.reports.model.CheckResult;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Puts results together that are told once. */
public final class Groups {

  private static final int OTHERS = 2;
  private static final String ALTHOUGH = " although ";

  private Groups() {}

  /** Results that differ in nothing but their target, together; each group is told once. */
  public static List<List<CheckResult>> alike(List<CheckResult> results) {
    record Likeness(String check, Object message, Object expected, Object actual, Object advice) {}
    return by(
        results, r -> new Likeness(r.check(), r.message(), r.expected(), r.actual(), r.guidance()));
  }

  /**
   * Results of one root, together: on each target, and of all checks of a group on one route that
   * miss the same thing for the same reason, such as five kinds of truncated body.
   */
  public static List<List<CheckResult>> oneRoot(List<CheckResult> results) {
    record Root(Object route, String group, Object reason, Object expected, Object actual) {}
    return by(
        results,
        r ->
            new Root(
                r.route(),
                r.check().substring(0, r.check().indexOf('.') + 1),
                r.reason(),
                r.expected(),
                r.actual().isEmpty() ? r.message() : r.actual()));
  }

  /** A root in a few words, such as {@code chat.a and 4 more of chat.* [on-demand]}. */
  public static String many(List<CheckResult> root) {
    List<String> checks = root.stream().map(CheckResult::check).distinct().toList();
    String first = checks.get(0);
    String others =
        switch (checks.size()) {
          case 1 -> "";
          case 2 -> ", " + checks.get(1);
          default -> {
            String group = first.substring(0, first.indexOf('.'));
            yield " and " + (checks.size() - 1) + " more of " + group + ".*";
          }
        };
    return first
        + others
        + root.stream()
            .map(CheckResult::target)
            .distinct()
            .collect(Collectors.joining(", ", " [", "]"));
  }

  /**
   * What the results of a root say: the first in full, and of two more what they say otherwise,
   * such as {@code … although the body is empty; although the JSON breaks off}.
   */
  public static String message(List<CheckResult> root) {
    List<String> messages = root.stream().map(CheckResult::message).distinct().toList();
    String first = messages.get(0);
    String others =
        messages.stream()
            .skip(1)
            .limit(OTHERS)
            .map(other -> "; " + beside(first, other))
            .collect(Collectors.joining());
    int rest = messages.size() - 1 - OTHERS;
    return first + others + (rest > 0 ? "; and " + rest + " more" : "");
  }

  /** What a message says beside another that begins alike. */
  private static String beside(String first, String other) {
    int although = other.indexOf(ALTHOUGH);
    boolean alike = although > 0 && first.startsWith(other.substring(0, although));
    return alike ? other.substring(although + 1) : other;
  }

  /** How many results there are on each route, such as {@code 120 of chat, 3 of tokenize}. */
  public static String byRoute(Collection<CheckResult> results) {
    Map<Object, Long> counts =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    CheckResult::route, LinkedHashMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " of " + count.getKey())
        .collect(Collectors.joining(", "));
  }

  /** Results with the same reason and the same guidance, together. */
  static List<List<CheckResult>> alikeInAdvice(List<CheckResult> results) {
    record Likeness(String reason, Object advice) {}
    return by(results, r -> new Likeness(Story.reason(r), r.guidance()));
  }

  private static List<List<CheckResult>> by(
      List<CheckResult> results, Function<CheckResult, Object> likeness) {
    return List.copyOf(
        results.stream()
            .collect(Collectors.groupingBy(likeness, LinkedHashMap::new, Collectors.toList()))
            .values());
  }
}
