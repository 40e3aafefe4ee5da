package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.cause.Clue;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Pace;
import java.util.List;

/** How the answers arrive. */
final class ServiceLayer {

  /** This process may read a stream late; only what happens every time is the host's. */
  private static final int TRIES = 3;

  private ServiceLayer() {}

  /** Streams an answer from each host that serves the configured model. */
  static void ask(List<Case> cases, Budget budget) {
    for (Case one : cases) {
      boolean served = one.target().model().isPresent() && one.evidence().accepted();
      if (!Trials.isControlPlane(one.target()) && served) {
        lookAtThePace(one, budget);
        if (one.target().surface().route(RouteName.RESPONSES).isPresent()) {
          one.add(budget.stream(Trials.responses(one)));
        }
      }
    }
  }

  private static void lookAtThePace(Case one, Budget budget) {
    Ask stream = Trials.stream(one);
    Pace pace = new Pace(0, 0, 0, 0);
    for (int nth = 1; nth <= TRIES; nth++) {
      List<Exchange> brief = nth == 1 ? List.of() : budget.send(List.of(Trials.oneToken(one, nth)));
      List<Exchange> streamed = budget.stream(stream.again(nth));
      if (streamed.isEmpty()) {
        return;
      }
      one.add(nth == 1 ? streamed : List.of());
      double briefMs = brief.stream().mapToDouble(e -> e.timings().total()).findFirst().orElse(0);
      pace = Pace.of(streamed.get(0), briefMs);
      if (pace.inPieces()) {
        one.clue(Clue.STREAMS_COME_IN_PIECES, "the events of a stream come in pieces");
        return;
      }
      if (!pace.heldBack()) {
        return;
      }
    }
    one.clue(Clue.STREAMS_HELD_BACK, TRIES + " streams in a row: " + pace);
  }
}
