package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.guidance.BodyShape;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The status says that all is well, and the body does not. */
final class BodyRules {

  static final Map<String, Rule> ALL =
      Map.of(
          "error-told-as-success", BodyRules::hiddenError,
          "answer-is-empty", BodyRules::empty,
          "answer-is-cut", BodyRules::cut);

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
                || (silentStream.test(t) && t.shape().equals(Optional.of(BodyShape.EMPTY)));
    return plain(e, nothing.and(t -> !t.has(Mark.HIDDEN_ERROR)), "no success is without a body");
  }

  private static Finding cut(Evidence e) {
    return plain(e, t -> t.has(Mark.CUT), "every body is whole");
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
