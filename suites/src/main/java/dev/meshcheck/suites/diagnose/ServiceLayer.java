package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.exchange.Exchange;
import java.util.List;

/** How the answers arrive. */
final class ServiceLayer {

  private ServiceLayer() {}

  /** Streams one short answer from each host that serves the configured model. */
  static void ask(List<Case> cases, Budget budget) {
    for (Case one : cases) {
      boolean served = one.target().model().isPresent() && one.evidence().accepted();
      if (!Trials.isControlPlane(one.target()) && served) {
        List<Exchange> first = budget.stream(Trials.stream(one));
        one.add(first);
        if (looksHeldBack(one)) {
          // This process reads its first stream slowly; only what happens twice is the host's.
          one.forget(first);
          one.add(budget.stream(Trials.stream(one).again(2)));
        }
      }
    }
  }

  private static boolean looksHeldBack(Case one) {
    return one.diagnosed().stream().anyMatch(d -> d.cause().slug().equals("proxy-buffers-streams"));
  }
}
