package dev.meshcheck.reports.client;

import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Runs of all checks that any client stands on. */
public final class ClientRuns {

  private ClientRuns() {}

  /** A run in which everything passed on these targets, but for some checks on all of them. */
  public static RunReport with(Map<String, Outcome> others, Target... targets) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Target target : targets) {
      checks().forEach(check -> verdicts.add(verdict(check, others, target)));
    }
    return Samples.run(false, verdicts);
  }

  /** The same without that check. */
  public static RunReport without(String missing, Target target) {
    return Samples.run(
        false,
        checks().stream()
            .filter(check -> !check.equals(missing))
            .map(check -> verdict(check, Map.of(), target))
            .toList());
  }

  private static Verdict verdict(String check, Map<String, Outcome> others, Target target) {
    return Samples.verdict(
        check, target, others.getOrDefault(check, Outcome.PASSED), Optional.empty());
  }

  private static Set<String> checks() {
    Set<String> checks = new LinkedHashSet<>();
    Clients.all().stream()
        .flatMap(client -> Stream.concat(client.needs().stream(), client.limits().stream()))
        .forEach(ground -> checks.addAll(ground.checks()));
    return checks;
  }
}
