package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.cause.Clue;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.OwnLag;
import dev.meshcheck.suites.check.Pace;
import java.util.List;

/** How the answers arrive. */
final class ServiceLayer {

  private ServiceLayer() {}

  /** Streams an answer from each host that serves the configured model. */
  static void ask(List<Case> cases, Budget budget) {
    for (Case one : cases) {
      boolean served = one.target().model().isPresent() && one.evidence().accepted();
      if (!Trials.isControlPlane(one.target()) && served) {
        lookAtThePace(one, budget);
        if (one.target().surface().route(RouteName.RESPONSES).isPresent()
            && responsesAnswers(one)) {
          one.add(budget.stream(Trials.responses(one)));
        }
      }
    }
  }

  /**
   * A stream that seems held back is asked for once more: only what happens twice is the host's.
   */
  private static void lookAtThePace(Case one, Budget budget) {
    Ask stream = Trials.stream(one);
    List<Exchange> first = budget.stream(stream);
    one.add(first);
    if (first.isEmpty() || isInPieces(one, Pace.of(first.get(0), 0, 0))) {
      return;
    }
    List<Exchange> brief = budget.send(List.of(Trials.oneToken(one)));
    one.add(brief);
    try (OwnLag lag = OwnLag.watch()) {
      List<Exchange> second = budget.stream(stream.again(2));
      if (brief.isEmpty() || second.isEmpty()) {
        return;
      }
      double briefMs = brief.get(0).timings().total();
      Pace pace = Pace.of(second.get(0), briefMs, lag.worstMs());
      boolean twice = Pace.of(first.get(0), briefMs, 0).heldBack() && pace.heldBack();
      if (!isInPieces(one, pace) && twice) {
        one.clue(Clue.STREAMS_HELD_BACK, "both streams: " + pace);
      }
    }
  }

  private static boolean responsesAnswers(Case one) {
    return one.evidence().any(t -> t.on(RouteName.RESPONSES) && t.good());
  }

  private static boolean isInPieces(Case one, Pace pace) {
    if (pace.inPieces()) {
      one.clue(Clue.STREAMS_COME_IN_PIECES, "the events of a stream come in pieces");
    }
    return pace.inPieces();
  }
}
