package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.settings.Draft.Trouble;
import dev.meshcheck.fixtures.surface.Route;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.cause.Finding.Found;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns evidence into causes, in the order in which they have to be put right. */
public final class Diagnosis {

  private static final Comparator<Diagnosed> IN_ORDER_OF_REPAIR =
      Comparator.<Diagnosed>comparingInt(d -> weight(d.cause()))
          // What is known is put right before what may be looks into.
          .thenComparing(Diagnosed::isSuspicion)
          .thenComparing(d -> d.cause().layer())
          .thenComparing(Comparator.comparingDouble(Diagnosed::confidence).reversed())
          .thenComparingInt(d -> Causes.all().indexOf(d.cause()));

  /** So sure that no suspicion of the same answers is worth looking into before. */
  private static final double VERY_SURE = 0.9;

  /** Told only where nothing else explains the same answers. */
  private static final String LAST_RESORT = "request-refused";

  private Diagnosis() {}

  /** The causes that the evidence shows; none where nothing is wrong. */
  public static List<Diagnosed> of(Collection<Evidence> all) {
    return all.stream()
        .flatMap(evidence -> known(evidence).stream())
        .sorted(IN_ORDER_OF_REPAIR)
        .toList();
  }

  /**
   * Whether a sure cause explains every answer that this suspicion would explain, or any cause some
   * that the last resort would.
   */
  private static boolean isSettled(Diagnosed one, List<Diagnosed> others, Evidence evidence) {
    List<Trial> explained = evidence.where(one.symptom());
    if (isLastResort(one)) {
      return others.stream()
          .filter(o -> !isLastResort(o) && !o.cause().harmless())
          .anyMatch(o -> explained.stream().anyMatch(o.symptom()));
    }
    return one.isSuspicion()
        && !explained.isEmpty()
        && others.stream()
            .filter(o -> o.confidence() >= VERY_SURE && !o.cause().harmless())
            .anyMatch(o -> explained.stream().allMatch(o.symptom()));
  }

  private static boolean isLastResort(Diagnosed one) {
    return one.cause().slug().equals(LAST_RESORT);
  }

  /** As {@link #of}, and what fits no cause, told as it is. */
  public static List<Diagnosed> withUnknown(Collection<Evidence> all) {
    return all.stream()
        .flatMap(
            evidence -> {
              List<Diagnosed> known = known(evidence);
              boolean explained = known.stream().anyMatch(d -> !d.cause().harmless());
              return explained ? known.stream() : withUnknown(evidence, known).stream();
            })
        .sorted(IN_ORDER_OF_REPAIR)
        .toList();
  }

  /** The cause of settings that lead to no target at all. */
  public static Diagnosed unusable(List<Trouble> troubles) {
    Cause cause = Causes.named("settings-unusable");
    return new Diagnosed(
        cause,
        "settings",
        1,
        troubles.stream().map(Trouble::message).toList(),
        List.of(),
        cause.next("any"),
        trial -> false);
  }

  private static int weight(Cause cause) {
    return cause.breaksRequests() ? 0 : cause.contract() ? 1 : 2;
  }

  private static List<Diagnosed> known(Evidence evidence) {
    Map<String, Finding> findings = new LinkedHashMap<>();
    Causes.all().forEach(c -> findings.put(c.slug(), Rules.judge(c.slug(), evidence)));
    giveWay(findings);
    Set<String> covered = new LinkedHashSet<>();
    Causes.all().stream()
        .filter(c -> findings.get(c.slug()) instanceof Found)
        .forEach(
            c ->
                c.supersedes().stream()
                    .filter(slug -> outdoes((Found) findings.get(c.slug()), findings.get(slug)))
                    .forEach(covered::add));
    // Where each gives way to another, none would be left.
    surest(findings)
        .filter(slug -> covered.containsAll(found(findings)))
        .ifPresent(covered::remove);
    List<Diagnosed> causes = new ArrayList<>();
    for (Cause cause : Causes.all()) {
      if (findings.get(cause.slug()) instanceof Found found && !covered.contains(cause.slug())) {
        causes.add(diagnosed(cause, found, evidence, findings));
      }
    }
    return causes.stream().filter(one -> !isSettled(one, causes, evidence)).toList();
  }

  /** What only looks like a cause, for what another one says, takes nobody's place itself. */
  private static void giveWay(Map<String, Finding> findings) {
    Map.copyOf(findings)
        .forEach(
            (slug, finding) -> {
              if (finding instanceof Found one) {
                one.insteadOf()
                    .forEach(
                        other ->
                            findings.computeIfPresent(
                                other, (o, f) -> f instanceof Found ? explainedBy(slug) : f));
              }
            });
  }

  private static Finding explainedBy(String slug) {
    return Finding.ruledOut(slug + " explains what was seen");
  }

  private static List<String> found(Map<String, Finding> findings) {
    return findings.keySet().stream()
        .filter(s -> findings.get(s) instanceof Found && !Causes.named(s).harmless())
        .toList();
  }

  private static Optional<String> surest(Map<String, Finding> findings) {
    return found(findings).stream()
        .max(Comparator.comparingDouble(slug -> ((Found) findings.get(slug)).confidence()));
  }

  /** A suspicion takes the place of nothing that is surer. */
  private static boolean outdoes(Found one, Finding other) {
    boolean surer = other instanceof Found found && found.confidence() > one.confidence();
    return one.confidence() >= Diagnosed.SURE || !surer;
  }

  private static Diagnosed diagnosed(
      Cause cause, Found found, Evidence evidence, Map<String, Finding> findings) {
    List<Diagnosed.RuledOut> others = new ArrayList<>();
    for (String rival : cause.rivals()) {
      if (findings.get(rival) instanceof Finding.RuledOut out) {
        others.add(new Diagnosed.RuledOut(rival, out.because()));
      }
    }
    return new Diagnosed(
        cause,
        evidence.subject().name(),
        found.confidence(),
        found.evidence(),
        others,
        NextSteps.of(cause, evidence, found.evidence(), found.symptom()),
        found.symptom());
  }

  /** What failed and fits no cause, where anything did. */
  private static List<Diagnosed> withUnknown(Evidence evidence, List<Diagnosed> known) {
    // Where the plain request was never sent, whatever stopped the diagnosis has to be told.
    boolean neverAsked = evidence.plain().isEmpty();
    List<Trial> strange =
        evidence.where(
            t ->
                (neverAsked || isPlain(evidence, t))
                    && !t.good()
                    && !evidence.isOverSince(t)
                    && !expectedToBeRefused(evidence, t));
    boolean unreached = evidence.network().stream().anyMatch(n -> !n.open());
    if (strange.isEmpty() && !unreached) {
      return known;
    }
    Cause cause = Causes.named(Causes.UNKNOWN);
    List<String> lines = new ArrayList<>(strange.stream().map(Trial::seen).distinct().toList());
    evidence.network().filter(n -> unreached).ifPresent(n -> lines.add("no way to " + n.place()));
    List<Diagnosed> all = new ArrayList<>(known);
    all.add(
        new Diagnosed(
            cause,
            evidence.subject().name(),
            0,
            lines,
            List.of(),
            NextSteps.of(cause, evidence, lines, strange::contains),
            strange::contains));
    return all;
  }

  private static boolean isPlain(Evidence evidence, Trial trial) {
    boolean isPublic = trial.route().stream().anyMatch(r -> r.key() == Route.KeyRule.PUBLIC);
    return trial.route().isPresent() && (evidence.asConfigured(trial) || isPublic);
  }

  /** An optional route may be missing, and not every model does everything. */
  private static boolean expectedToBeRefused(Evidence evidence, Trial trial) {
    boolean ability =
        trial.is(400, 404, 422, 501)
            && trial.has(Mark.ABOUT_MODEL)
            && !trial.on(RouteName.CHAT)
            && evidence.accepted();
    if (ability) {
      return true;
    }
    boolean refused =
        trial.route().stream().anyMatch(Route::optional)
            && (trial.is(401, 403, 404, 405, 501) || trial.location().isPresent());
    boolean absent = RouteRules.isLeftOut(trial) || RouteRules.isWithheld(evidence, trial);
    return (refused || absent) && !evidence.subject().isTensormesh();
  }
}
