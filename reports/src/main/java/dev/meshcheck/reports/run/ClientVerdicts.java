package dev.meshcheck.reports.run;

import dev.meshcheck.reports.cause.NotJudged;
import dev.meshcheck.reports.client.Client;
import dev.meshcheck.reports.client.ClientVerdict;
import dev.meshcheck.reports.client.Clients;
import dev.meshcheck.reports.client.Ground;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.ClientReport;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TargetReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Says of each client whether it works with each target, from the results of a run. */
final class ClientVerdicts {

  /** What became of a check, as far as a client is concerned. */
  private enum Standing {
    MET,
    UNMET,
    UNKNOWN
  }

  /** Ends the id of the check that judges the plain request of a route. */
  private static final String PLAIN = ".answers";

  private final RunReport report;
  private final Map<String, CheckResult> results;

  private ClientVerdicts(RunReport report, TargetReport target) {
    this.report = report;
    this.results =
        report.results().stream()
            .filter(result -> result.target().equals(target.name()))
            .collect(Collectors.toMap(CheckResult::check, Function.identity(), (a, b) -> a));
  }

  /** A verdict for each client on each target that has anything a client stands on. */
  static List<ClientReport> of(RunReport report) {
    List<ClientReport> verdicts = new ArrayList<>();
    for (TargetReport target : report.targets()) {
      ClientVerdicts here = new ClientVerdicts(report, target);
      List<ClientReport> all =
          Clients.all().stream().map(client -> here.judge(client, target.name())).toList();
      boolean concerned =
          Clients.all().stream()
              .flatMap(client -> Clients.needsOf(client).stream())
              .flatMap(ground -> ground.checks().stream())
              .anyMatch(here.results::containsKey);
      if (concerned) {
        verdicts.addAll(all);
      }
    }
    return List.copyOf(verdicts);
  }

  private ClientReport judge(Client client, String target) {
    List<Ground> needs = Clients.needsOf(client);
    List<Ground> limits = Clients.limitsOf(client);
    List<ClientReport.Because> broken = those(needs, Standing.UNMET);
    List<ClientReport.Because> missing = those(limits, Standing.UNMET);
    List<ClientReport.Because> unknown = new ArrayList<>(those(needs, Standing.UNKNOWN));
    if (!broken.isEmpty()) {
      return new ClientReport(
          client.id(), client.name(), target, ClientVerdict.DOES_NOT_WORK, broken);
    }
    if (unknown.isEmpty() && !missing.isEmpty()) {
      return new ClientReport(
          client.id(), client.name(), target, ClientVerdict.WORKS_WITH_LIMITS, missing);
    }
    unknown.addAll(those(limits, Standing.UNKNOWN));
    ClientVerdict verdict = unknown.isEmpty() ? ClientVerdict.WORKS : ClientVerdict.NOT_JUDGED;
    return new ClientReport(client.id(), client.name(), target, verdict, List.copyOf(unknown));
  }

  private List<ClientReport.Because> those(List<Ground> grounds, Standing wanted) {
    List<ClientReport.Because> found = new ArrayList<>();
    for (Ground ground : grounds) {
      ground.checks().stream()
          .filter(check -> standing(check) == wanted)
          .filter(notIn(found))
          .map(
              check ->
                  new ClientReport.Because(check, ground.because(), ground.source(), ground.date()))
          .forEach(found::add);
    }
    return found;
  }

  private static Predicate<String> notIn(List<ClientReport.Because> found) {
    return check -> found.stream().noneMatch(because -> because.check().equals(check));
  }

  private Standing standing(String check) {
    Optional<CheckResult> result = Optional.ofNullable(results.get(check));
    return result.map(this::standing).orElse(Standing.UNKNOWN);
  }

  private Standing standing(CheckResult result) {
    return switch (result.outcome()) {
      case PASSED, RECORDED -> Standing.MET;
      case FAILED, WARNED ->
          NotJudged.isOfTheCaller(report.causes(), result) ? Standing.UNKNOWN : Standing.UNMET;
      // Where a route is absent, so is all that a client does with it; else nothing speaks against.
      case INAPPLICABLE -> result.check().endsWith(PLAIN) ? Standing.UNMET : Standing.MET;
      case COULD_NOT_RUN -> Standing.UNKNOWN;
    };
  }
}
