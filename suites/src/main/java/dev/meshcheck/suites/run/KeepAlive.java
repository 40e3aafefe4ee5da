package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Verdict;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.RunContext;
import dev.meshcheck.suites.suite.gateway.KeptConnectionsSuite;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Has connections kept on a target as soon as every check about kept connections has passed on it.
 * On a host that mixes them up, and where these checks are not planned, each exchange keeps its own
 * connection, so that no verdict rests on what another exchange left behind. Thread-safe.
 */
final class KeepAlive implements Consumer<Verdict> {

  /** The suite whose checks have to pass. */
  static final Class<?> PROOF = KeptConnectionsSuite.class;

  private static final Set<String> CHECKS =
      Arrays.stream(PROOF.getDeclaredMethods())
          .filter(method -> method.isAnnotationPresent(Check.class))
          .map(method -> method.getAnnotation(Check.class).id())
          .collect(Collectors.toUnmodifiableSet());

  private final Exchanger exchanger;
  private final Map<Target, Set<String>> passed = new HashMap<>();

  /** Watches the verdicts of that plan. */
  KeepAlive(List<RunContext.Planned> plan, Exchanger exchanger) {
    this.exchanger = exchanger;
    plan.forEach(planned -> passed.put(planned.target(), new HashSet<>()));
  }

  @Override
  public synchronized void accept(Verdict verdict) {
    if (!CHECKS.contains(verdict.check().id())
        || (verdict.outcome() != Outcome.PASSED && verdict.outcome() != Outcome.INAPPLICABLE)) {
      return;
    }
    Set<String> mine = passed.get(verdict.target());
    mine.add(verdict.check().id());
    if (mine.size() == CHECKS.size()) {
      exchanger.keepConnections(verdict.target());
    }
  }
}
