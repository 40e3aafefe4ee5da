package dev.meshcheck.reports.run;

import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.guidance.GuidanceBook;
import dev.meshcheck.reports.guidance.Probe;
import dev.meshcheck.reports.guidance.Siblings;
import dev.meshcheck.reports.guidance.Situation;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.GuidanceNote;
import dev.meshcheck.reports.outcome.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the guidance for a result, given everything that the run has seen. */
final class Adviser {

  private final GuidanceBook book = GuidanceBook.shipped();

  List<GuidanceNote> advise(CheckResult result, Target target, Map<String, Probe> probes) {
    if (!GuidanceBook.needsAdvice(result.outcome())) {
      return List.of();
    }
    Optional<Probe> decisive =
        result.exchanges().isEmpty()
            ? Optional.empty()
            : Optional.ofNullable(
                probes.get(result.exchanges().get(result.exchanges().size() - 1)));
    return book.advise(
        new Situation(
            result.surface(),
            result.route(),
            result.outcome(),
            result.reason(),
            decisive.flatMap(Probe::status),
            decisive.flatMap(Probe::shape),
            decisive.isPresent()
                ? decisive.flatMap(Probe::noAnswer)
                : result.reason().flatMap(Adviser::asNoAnswer),
            Siblings.facts(target, decisive, probes.values())));
  }

  /** A verdict without an exchange may still say that nobody answered. */
  private static Optional<NoAnswer.Kind> asNoAnswer(Reason reason) {
    return Arrays.stream(NoAnswer.Kind.values())
        .filter(kind -> kind.toString().equals(reason.toString()))
        .findFirst();
  }
}
