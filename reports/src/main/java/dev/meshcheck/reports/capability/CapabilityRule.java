package dev.meshcheck.reports.capability;

import dev.meshcheck.reports.model.CapabilityReport;
import dev.meshcheck.reports.model.CapabilityReport.Kind;
import dev.meshcheck.reports.model.CapabilityReport.State;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One line of {@code capabilities.yaml}, whose head explains the lists.
 *
 * @param capability the slug
 * @param kind an ability where nothing else is said
 * @param title for people
 * @param asks ids of checks whose refusal says that the host declines it
 * @param shows ids of checks that hold where it works
 * @param breaks ids of checks that do not hold where it is broken
 */
public record CapabilityRule(
    String capability,
    Optional<Kind> kind,
    String title,
    List<String> asks,
    List<String> shows,
    List<String> breaks) {

  /** Every check that says something of it, in the order of the lists. */
  public List<String> checks() {
    return Stream.of(asks, shows, breaks).flatMap(List::stream).distinct().toList();
  }

  /**
   * What these results say; nothing where no check was run that could show it.
   *
   * @param results of one target, by check
   * @param refusals the reasons that say that a host declines
   * @param isWrong which results speak against the host
   */
  Optional<CapabilityReport> judge(
      Map<String, CheckResult> results, Set<Reason> refusals, Predicate<CheckResult> isWrong) {
    List<CheckResult> all = of(checks(), results);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<CheckResult> asked = of(asks, results);
    List<CheckResult> declined = kept(asked, isWrong.and(r -> declines(r, refusals)));
    if (!declined.isEmpty()) {
      return Optional.of(told(State.NO, declined));
    }
    List<CheckResult> wrong = kept(all, isWrong);
    if (!wrong.isEmpty()) {
      return Optional.of(told(State.BROKEN, wrong));
    }
    List<CheckResult> without = kept(asked, r -> r.outcome() == Outcome.INAPPLICABLE);
    if (!without.isEmpty()) {
      return Optional.of(told(State.NO, without));
    }
    List<CheckResult> proofs = of(shows.isEmpty() ? asks : shows, results);
    if (proofs.isEmpty()) {
      return Optional.empty();
    }
    List<CheckResult> holding = kept(proofs, CapabilityRule::holds);
    return Optional.of(
        holding.isEmpty() ? told(State.NOT_JUDGED, proofs) : told(State.YES, holding));
  }

  private CapabilityReport told(State state, List<CheckResult> because) {
    CheckResult first = because.get(0);
    return new CapabilityReport(
        first.target(),
        capability,
        kind.orElse(Kind.ABILITY),
        title,
        state,
        because.stream().map(CheckResult::check).toList(),
        first.message());
  }

  private boolean declines(CheckResult result, Set<Reason> refusals) {
    return kind.orElse(Kind.ABILITY) == Kind.ABILITY
        && result.reason().filter(refusals::contains).isPresent();
  }

  /** An INFO check that broke off has a reason, and saw nothing that could be relied on. */
  private static boolean holds(CheckResult result) {
    return result.outcome() == Outcome.PASSED
        || (result.outcome() == Outcome.RECORDED && result.reason().isEmpty());
  }

  private static List<CheckResult> of(List<String> ids, Map<String, CheckResult> results) {
    return ids.stream().flatMap(id -> Optional.ofNullable(results.get(id)).stream()).toList();
  }

  private static List<CheckResult> kept(List<CheckResult> results, Predicate<CheckResult> which) {
    return results.stream().filter(which).toList();
  }
}
