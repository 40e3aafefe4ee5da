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
import java.util.List;
import java.util.Set;

/** Puts a diagnosis into words, without secrets, and tells it as it goes on. */
final class Telling {

  /** Causes that wait for better times: nothing can be said of the host now. */
  private static final Set<String> INCOMPLETE = Set.of("rate-limited", "model-not-loaded");

  private final Redactor redactor;
  private final Instant startedAt;
  private final DiagnosisObserver observer;
  private final List<LayerReport> layers = new ArrayList<>();

  Telling(Redactor redactor, Instant startedAt, DiagnosisObserver observer) {
    this.redactor = redactor;
    this.startedAt = startedAt;
    this.observer = observer;
  }

  void begin(List<Case> cases) {
    observer.began(targets(cases));
  }

  void layer(Layer layer, List<Case> cases) {
    List<String> seen = new ArrayList<>();
    for (Case one : cases) {
      String name = cases.size() > 1 ? one.target().name() + ": " : "";
      LayerLines.of(layer, one).forEach(line -> seen.add(redactor.text(name + line)));
    }
    boolean broken =
        cases.stream()
            .flatMap(c -> c.diagnosed().stream())
            .anyMatch(d -> d.cause().layer() == layer && !d.cause().harmless());
    boolean silent =
        layer.compareTo(Layer.NETWORK) > 0
            && cases.stream().noneMatch(c -> c.evidence().any(t -> t.status().isPresent()));
    State state = seen.isEmpty() ? State.NOT_REACHED : broken || silent ? State.BROKEN : State.OK;
    LayerReport report = new LayerReport(layer, state, List.copyOf(seen));
    layers.add(report);
    observer.looked(report);
  }

  DiagnosisReport unusable(List<Trouble> troubles) {
    observer.began(List.of());
    LayerReport layer =
        new LayerReport(
            Layer.SETTINGS,
            State.BROKEN,
            troubles.stream().map(t -> redactor.text(t.message())).toList());
    layers.add(layer);
    observer.looked(layer);
    return end(List.of(), List.of(Diagnosis.unusable(troubles)));
  }

  DiagnosisReport end(List<Case> cases, List<Diagnosed> causes) {
    List<Exchange> sent = cases.stream().flatMap(c -> c.exchanges().stream()).toList();
    DiagnosisReport report =
        new DiagnosisReport(
            DiagnosisReport.SCHEMA_VERSION,
            Tool.current(),
            targets(cases),
            List.copyOf(layers),
            causes.stream().map(d -> line(d, cases)).toList(),
            sent.size(),
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

  /** A command that asks the host goes the way that Meshcheck went. */
  private static String typed(String step, Diagnosed d, List<Case> cases) {
    return cases.stream()
        .filter(c -> c.target().name().equals(d.target()))
        .findFirst()
        .map(c -> c.passage().in(step, c.target().base()))
        .orElse(step);
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
        d.next().stream().map(step -> redactor.text(typed(step, d, cases))).toList(),
        d.cause().source().map(Object::toString));
  }

  private static ExitCode exit(List<Diagnosed> causes, List<Exchange> sent) {
    List<Diagnosed> real = causes.stream().filter(d -> !d.cause().harmless()).toList();
    if (real.isEmpty()) {
      return ExitCode.PASSED;
    }
    Diagnosed first = real.get(0);
    if (first.cause().layer() == Layer.NETWORK) {
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
