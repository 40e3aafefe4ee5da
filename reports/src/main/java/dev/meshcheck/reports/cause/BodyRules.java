package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.guidance.BodyShape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The status says that all is well, and the body does not. */
final class BodyRules {

  static final Map<String, Rule> ALL =
      Map.of(
          "error-told-as-success", BodyRules::hiddenError,
          "answer-is-empty", BodyRules::empty,
          "answer-is-cut", BodyRules::cut,
          "answer-does-not-end", BodyRules::unended,
          "json-is-wrapped", BodyRules::wrapped);

  private BodyRules() {}

  /** What would refute it: that the error is about what is asked with, which others explain. */
  private static Finding hiddenError(Evidence e) {
    Predicate<Trial> hidden = t -> t.route().isPresent() && t.has(Mark.HIDDEN_ERROR);
    // That a wrong key is refused with 200 shows where the right one is taken.
    boolean others = e.accepted() && e.any(hidden.and(t -> !e.asConfigured(t)));
    return others
        ? Finding.found(0.95, e.lines(hidden), hidden)
        : plain(e, hidden, "no success holds an error");
  }

  private static Finding empty(Evidence e) {
    Predicate<Trial> silentStream =
        t -> t.flow().stream().anyMatch(f -> f.events() == 0 && f.whole());
    Predicate<Trial> nothing =
        t ->
            t.has(Mark.NO_BODY)
                || t.has(Mark.NO_CHOICES)
                || (silentStream.test(t) && t.shape().equals(Optional.of(BodyShape.EMPTY)));
    return plain(e, nothing.and(t -> !t.has(Mark.HIDDEN_ERROR)), "no success is without a body");
  }

  private static Finding cut(Evidence e) {
    String otherwise =
        e.any(t -> t.has(Mark.UNENDED))
            ? "no connection is closed before the end of a body"
            : "every body is whole";
    return plain(e, t -> t.has(Mark.CUT), otherwise);
  }

  /** What would refute it: that the same answer ends at other times, which others tell. */
  private static Finding unended(Evidence e) {
    if (e.network().isEmpty()) {
      // In a run much is in flight at once, and it is told by the checks.
      return Finding.SILENT;
    }
    Predicate<Trial> open = t -> t.has(Mark.UNENDED);
    Finding found = plain(e, open, "every answer that begins ends in time");
    return found instanceof Finding.Found f
        ? Finding.found(
            0.9,
            e.where(t -> t.route().isPresent() && open.test(t)).stream()
                .map(t -> begun(t) + ", and no end after " + seconds(t.totalMs()) + last(t))
                .distinct()
                .limit(4)
                .toList(),
            f.symptom())
        : found;
  }

  private static String begun(Trial t) {
    return t.flow().isPresent() ? t.toString() : t.requested() + " → " + t.status().orElse(0);
  }

  private static String last(Trial t) {
    return t.flow()
        .filter(f -> f.events() > 0)
        .map(f -> ", the last event after " + seconds(f.lastMs()))
        .orElse("");
  }

  private static String seconds(double ms) {
    return String.format(Locale.ROOT, "%.1f s", ms / 1000);
  }

  /** What would refute it: a body that is JSON as a whole. */
  private static Finding wrapped(Evidence e) {
    Predicate<Trial> wrapped = t -> t.has(Mark.WRAPPED) && !t.on(RouteName.HEALTH);
    Finding found = plain(e, wrapped, "no JSON has anything around it");
    return found instanceof Finding.Found f
        ? Finding.found(f.confidence(), withWrapping(e.where(wrapped).get(0), f), f.symptom())
        : found;
  }

  private static List<String> withWrapping(Trial first, Finding.Found found) {
    if (first.said().isEmpty()) {
      String told = "the answer stands as a text in the member \"body\" of another JSON";
      return Stream.concat(Stream.of(told), found.evidence().stream()).toList();
    }
    String before = first.said().replaceFirst("(?s)\\{.*", "");
    boolean invisible = before.chars().noneMatch(c -> c > ' ' && c < 0x7F);
    String told =
        before.isEmpty()
            ? "there is something behind the JSON"
            : invisible
                ? "before the JSON stands "
                    + before
                        .codePoints()
                        .mapToObj(c -> String.format(Locale.ROOT, "U+%04X", c))
                        .collect(Collectors.joining(" "))
                : "before the JSON stands: " + before.strip();
    return Stream.concat(Stream.of(told), found.evidence().stream()).toList();
  }

  private static Finding plain(Evidence e, Predicate<Trial> wrong, String otherwise) {
    Predicate<Trial> asked = t -> t.route().isPresent() && wrong.test(t);
    // A health check without a body is usual, and others may be refused in their own way.
    boolean any = e.any(t -> asked.test(t) && !t.on(RouteName.HEALTH) && e.asConfigured(t));
    if (any) {
      return Finding.found(0.95, e.lines(asked), asked);
    }
    return e.any(t -> t.status().isPresent()) ? Finding.ruledOut(otherwise) : Finding.SILENT;
  }
}
