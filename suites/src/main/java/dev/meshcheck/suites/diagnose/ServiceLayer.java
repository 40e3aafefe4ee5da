package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.reports.cause.Clue;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.OwnLag;
import dev.meshcheck.suites.check.Pace;
import java.util.List;

/** How the answers arrive. */
final class ServiceLayer {

  /** This process may read a stream late; only what happens every time is the host's. */
  private static final int TRIES = 2;

  private ServiceLayer() {}

  /** Streams an answer from each host that serves the configured model. */
  static void ask(List<Case> cases, Budget budget) {
    for (Case one : cases) {
      boolean served = one.target().model().isPresent() && one.evidence().accepted();
      if (!Trials.isControlPlane(one.target()) && served) {
        lookAtThePace(one, budget);
      }
    }
  }

  private static void lookAtThePace(Case one, Budget budget) {
    Ask stream = Trials.stream(one);
    List<Exchange> first = budget.stream(stream);
    one.add(first);
    if (first.isEmpty() || isInPieces(one, Pace.of(first.get(0), 0, 0))) {
      return;
    }
    Pace pace = new Pace(0, 0, 0, 0, 0);
    for (int nth = 2; nth <= 1 + TRIES; nth++) {
      List<Exchange> brief = budget.send(List.of(Trials.oneToken(one, nth)));
      try (OwnLag lag = OwnLag.watch()) {
        List<Exchange> streamed = budget.stream(stream.again(nth));
        if (brief.isEmpty() || streamed.isEmpty()) {
          return;
        }
        pace = Pace.of(streamed.get(0), brief.get(0).timings().total(), lag.worstMs());
      }
      if (isInPieces(one, pace) || !pace.heldBack()) {
        return;
      }
    }
    one.clue(Clue.STREAMS_HELD_BACK, "every stream of " + (1 + TRIES) + ": " + pace);
  }

  private static boolean isInPieces(Case one, Pace pace) {
    if (pace.inPieces()) {
      one.clue(Clue.STREAMS_COME_IN_PIECES, "the events of a stream come in pieces");
    }
    return pace.inPieces();
  }
}
