package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.settings.Draft.Trouble;
import dev.meshcheck.reports.cause.Causes;
import dev.meshcheck.reports.cause.Diagnosed;
import dev.meshcheck.reports.cause.Diagnosis;
import dev.meshcheck.reports.cause.DiagnosisReport;
import dev.meshcheck.reports.cause.DiagnosisReport.CauseLine;
import dev.meshcheck.reports.cause.DiagnosisReport.LayerReport;
import dev.meshcheck.reports.cause.DiagnosisReport.State;
import dev.meshcheck.reports.cause.DiagnosisReport.TargetLine;
import dev.meshcheck.reports.cause.Layer;
import dev.meshcheck.reports.model.Tool;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.run.Measures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts a diagnosis into words, without secrets, and tells it as it goes on. */
final class Telling {

  /** Causes that wait for better times: nothing can be said of the host now. */
  private static final Set<String> INCOMPLETE =
      Set.of("rate-limited", "service-overloaded", "model-not-loaded");

  private final Redactor redactor;
  private final Instant startedAt;
  private final DiagnosisObserver observer;
  private final boolean insecure;
  private final Map<Layer, List<String>> seen = new EnumMap<>(Layer.class);

  /**
   * Tells that observer.
   *
   * @param insecure whether any certificate is good enough, so that a bad one keeps nobody away
   */
  Telling(Redactor redactor, Instant startedAt, DiagnosisObserver observer, boolean insecure) {
    this.insecure = insecure;
    this.redactor = redactor;
    this.startedAt = startedAt;
    this.observer = observer;
  }

  void begin(List<Case> cases) {
    observer.began(targets(cases));
  }

  /** Notes what was seen of a layer; how it was found depends on what is seen later, too. */
  void layer(Layer layer, List<Case> cases) {
    List<String> lines = new ArrayList<>();
    for (Case one : cases) {
      String name = cases.size() > 1 ? one.target().name() + ": " : "";
      LayerLines.of(layer, one).forEach(line -> lines.add(redactor.text(name + line)));
    }
    seen.put(layer, List.copyOf(lines));
    observer.looked(layer);
  }

  DiagnosisReport unusable(List<Trouble> troubles) {
    observer.began(List.of());
    List<String> lines = troubles.stream().map(t -> redactor.text(t.message())).toList();
    return end(
        List.of(),
        List.of(new LayerReport(Layer.SETTINGS, State.BROKEN, lines)),
        List.of(Diagnosis.unusable(troubles)));
  }

  DiagnosisReport end(List<Case> cases, List<Diagnosed> causes) {
    List<LayerReport> layers =
        seen.entrySet().stream()
            .map(
                e ->
                    new LayerReport(
                        e.getKey(), LayerStates.of(e.getKey(), e.getValue(), cases), e.getValue()))
            .toList();
    return end(cases, layers, causes);
  }

  private DiagnosisReport end(List<Case> cases, List<LayerReport> layers, List<Diagnosed> causes) {
    List<Exchange> sent = cases.stream().flatMap(c -> c.exchanges().stream()).toList();
    DiagnosisReport report =
        new DiagnosisReport(
            DiagnosisReport.SCHEMA_VERSION,
            Tool.current(),
            targets(cases),
            layers,
            causes.stream().map(d -> line(d, cases)).toList(),
            sent.stream().mapToInt(e -> e.request().count()).sum(),
            sent.stream().mapToLong(Measures::tokens).sum(),
            Duration.between(startedAt, Instant.now()).toMillis(),
            exit(causes, sent).code());
    observer.ended(report);
    return report;
  }

  private List<TargetLine> targets(List<Case> cases) {
    return cases.stream()
        .map(Case::target)
        .map(
            t ->
                new TargetLine(
                    redactor.text(t.name()),
                    t.surface().name(),
                    redactor.text(t.base().toString()),
                    t.model().map(redactor::text)))
        .toList();
  }

  /** Commands that ask the host go the way that Meshcheck went. */
  private static List<String> typed(Diagnosed d, List<Case> cases) {
    return cases.stream()
        .filter(c -> c.target().name().equals(d.target()))
        .findFirst()
        .map(c -> c.passage().in(d.next(), c.target()))
        .orElse(d.next());
  }

  private CauseLine line(Diagnosed d, List<Case> cases) {
    return new CauseLine(
        d.cause().slug(),
        redactor.text(d.target()),
        d.cause().layer(),
        d.cause().title(),
        d.confidence(),
        d.cause().harmless(),
        d.isSuspicion(),
        d.settle().map(redactor::text),
        d.evidence().stream().map(redactor::text).toList(),
        d.ruledOut().stream()
            .map(r -> new Diagnosed.RuledOut(r.cause(), redactor.text(r.because())))
            .toList(),
        typed(d, cases).stream().map(redactor::text).toList(),
        d.cause().source().map(Object::toString));
  }

  private ExitCode exit(List<Diagnosed> causes, List<Exchange> sent) {
    List<Diagnosed> real = causes.stream().filter(d -> !d.cause().harmless()).toList();
    if (real.isEmpty()) {
      return ExitCode.PASSED;
    }
    Diagnosed first = real.get(0);
    boolean answered = sent.stream().anyMatch(e -> e.reply() instanceof Answer);
    if (first.cause().layer() == Layer.NETWORK && !(insecure && answered)) {
      return ExitCode.UNREACHABLE;
    }
    if (first.cause().layer() == Layer.SETTINGS && sent.isEmpty()) {
      return ExitCode.USAGE;
    }
    // What is unknown is still plain, unless some request got no answer at all.
    boolean allAnswered = sent.stream().allMatch(e -> e.reply() instanceof Answer);
    boolean waits =
        real.stream()
            .map(d -> d.cause().slug())
            .allMatch(s -> INCOMPLETE.contains(s) || (s.equals(Causes.UNKNOWN) && !allAnswered));
    return waits ? ExitCode.INCOMPLETE : ExitCode.BROKEN_CONTRACT;
  }
}
