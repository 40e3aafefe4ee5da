package dev.meshcheck.reports.guidance;

import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import java.util.Optional;
import java.util.Set;

/**
 * A result that did not pass, as guidance sees it.
 *
 * @param surface the name of the surface
 * @param route that the check is about
 * @param outcome what became of the check
 * @param reason why
 * @param status of the decisive answer, where there was one
 * @param body the shape of its body
 * @param noAnswer why there was no answer
 * @param facts what is known beside it
 */
public record Situation(
    String surface,
    RouteName route,
    Outcome outcome,
    Optional<Reason> reason,
    Optional<Integer> status,
    Optional<BodyShape> body,
    Optional<NoAnswer.Kind> noAnswer,
    Set<Fact> facts) {}
