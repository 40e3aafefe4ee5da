package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.suites.check.Ask;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Requests to several targets that go out at once, so that they cost one round trip. */
record Round(List<Case> cases, List<List<Ask>> asks) {

  static Round of(List<Case> cases, Function<Case, List<Ask>> asks) {
    return new Round(cases, cases.stream().map(asks).toList());
  }

  /** Sends all, waits for all, and gives each target what is its own. */
  void send(Budget budget) {
    List<Exchange> all = budget.send(asks.stream().flatMap(List::stream).toList());
    int from = 0;
    for (int i = 0; i < cases.size(); i++) {
      int to = Math.min(all.size(), from + asks.get(i).size());
      cases.get(i).add(new ArrayList<>(all.subList(from, to)));
      from = to;
    }
  }
}
