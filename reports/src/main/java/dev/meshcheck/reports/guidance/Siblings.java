package dev.meshcheck.reports.guidance;

import dev.meshcheck.fixtures.surface.Route;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.fixtures.surface.Target;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Computes what the other requests of a run say about one of them. */
public final class Siblings {

  private Siblings() {}

  /**
   * The facts that hold for a request.
   *
   * @param target whom it was sent to
   * @param decisive the request in question, where the verdict rests on one
   * @param run every request of the run
   */
  public static Set<Fact> facts(Target target, Optional<Probe> decisive, Collection<Probe> run) {
    List<Probe> all = run.stream().filter(p -> p.target().equals(target.name())).toList();
    Set<Fact> facts = EnumSet.noneOf(Fact.class);
    add(facts, Fact.NO_KEY_CONFIGURED, target.key().isEmpty());
    add(facts, Fact.MODEL_IS_UUID, target.model().stream().anyMatch(Probe::isUuid));
    add(facts, Fact.MODELS_ANSWERED, all.stream().anyMatch(Siblings::listsModels));
    add(
        facts,
        Fact.MODEL_NOT_LISTED,
        all.stream().anyMatch(p -> p.modelListed().equals(Optional.of(false)))
            && all.stream().noneMatch(p -> p.modelListed().equals(Optional.of(true))));
    List<Probe> guarded =
        all.stream().filter(p -> p.configuredKey() && !is(p, Route.KeyRule.PUBLIC)).toList();
    add(
        facts,
        Fact.ALL_REFUSED,
        !guarded.isEmpty() && guarded.stream().allMatch(Siblings::refused));
    decisive.ifPresent(probe -> addFactsOf(probe, all, facts));
    return facts;
  }

  private static void addFactsOf(Probe probe, List<Probe> all, Set<Fact> facts) {
    add(facts, Fact.CONFIGURED_KEY_SENT, probe.configuredKey());
    add(facts, Fact.USER_ID_SENT, probe.userIdSent());
    add(facts, Fact.RETRY_AFTER_SENT, probe.retryAfter());
    List<Probe> others =
        all.stream()
            .filter(p -> p.asConfigured() && p.route().isPresent())
            .filter(p -> !p.route().equals(probe.route()))
            .toList();
    add(
        facts,
        Fact.KEY_ACCEPTED_ELSEWHERE,
        others.stream()
            .anyMatch(p -> p.configuredKey() && p.successful() && is(p, Route.KeyRule.REQUIRED)));
    add(
        facts,
        Fact.OTHER_ROUTES_404,
        others.stream().anyMatch(p -> p.status().equals(Optional.of(404))));
    add(facts, Fact.OTHER_ROUTES_ANSWERED, others.stream().anyMatch(Probe::successful));
  }

  private static boolean listsModels(Probe probe) {
    return probe.on(RouteName.MODELS) && probe.successful();
  }

  private static boolean refused(Probe probe) {
    return probe.status().stream().anyMatch(s -> s == 401 || s == 403);
  }

  private static boolean is(Probe probe, Route.KeyRule rule) {
    return probe.route().stream().anyMatch(r -> r.key() == rule);
  }

  private static void add(Set<Fact> facts, Fact fact, boolean holds) {
    if (holds) {
      facts.add(fact);
    }
  }
}
