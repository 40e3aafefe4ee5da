package dev.meshcheck.reports.run;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.exchange.Validity;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.cause.Trial;
import dev.meshcheck.reports.guidance.Probe;
import dev.meshcheck.reports.model.CertificateReport;
import dev.meshcheck.reports.model.ExchangeReport;
import dev.meshcheck.reports.model.TargetReport;
import dev.meshcheck.reports.performance.Speed;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Every exchange of a run, once, redacted. Thread-safe. */
final class ExchangeBook {

  /** {@code e2} before {@code e12}. */
  private static final Comparator<String> BY_NUMBER =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  /**
   * Characters that are kept of an exchange for a diagnosis; what is longer is looked at at once.
   */
  private static final int KEPT = 16 << 10;

  private final ConcurrentSkipListMap<String, Entry> entries =
      new ConcurrentSkipListMap<>(BY_NUMBER);
  private final ExchangeRecorder recorder;
  private final Redactor redactor;

  ExchangeBook(ExchangeRecorder recorder, Redactor redactor) {
    this.recorder = recorder;
    this.redactor = redactor;
  }

  /**
   * An exchange as it may be told, and what the run needs to know of it.
   *
   * @param trial works out what it says to a diagnosis, which most runs do not need
   */
  private record Entry(
      ExchangeReport report,
      Probe probe,
      Supplier<Trial> trial,
      long tokens,
      Optional<Speed> speed,
      Optional<String> version,
      Optional<Validity> certificate) {}

  void add(Exchange exchange) {
    if (entries.containsKey(exchange.id())) {
      return;
    }
    Probe probe = Probe.of(exchange);
    ExchangeReport report = recorder.record(exchange);
    entries.putIfAbsent(
        exchange.id(),
        new Entry(
            report,
            probe,
            trial(exchange),
            Measures.tokens(exchange),
            exchange.request().streamed() ? Measures.speed(exchange) : Optional.empty(),
            version(probe, exchange),
            exchange.timings().certificate()));
  }

  private Supplier<Trial> trial(Exchange exchange) {
    if (length(exchange) <= KEPT) {
      return () -> Trial.of(exchange, redactor);
    }
    Trial now = Trial.of(exchange, redactor);
    return () -> now;
  }

  private static int length(Exchange exchange) {
    int asked = exchange.request().body().map(String::length).orElse(0);
    return asked + (exchange.reply() instanceof Answer answer ? answer.body().length : 0);
  }

  Map<String, ExchangeReport> reports() {
    Map<String, ExchangeReport> reports = new LinkedHashMap<>();
    entries.forEach((id, entry) -> reports.put(id, entry.report()));
    return Collections.unmodifiableMap(reports);
  }

  /** How fast those of these exchanges were that are streams. */
  List<Speed> speeds(List<String> ids) {
    return ids.stream()
        .flatMap(id -> Optional.ofNullable(entries.get(id)).stream())
        .flatMap(entry -> entry.speed().stream())
        .toList();
  }

  Map<String, Probe> probes() {
    Map<String, Probe> probes = new LinkedHashMap<>();
    entries.forEach((id, entry) -> probes.put(id, entry.probe()));
    return Collections.unmodifiableMap(probes);
  }

  /** What each exchange that was sent says to a diagnosis, in the order of sending. */
  List<Trial> trials() {
    return entries.values().parallelStream()
        .filter(entry -> entry.report().wasSent())
        .map(entry -> entry.trial().get())
        .toList();
  }

  /**
   * What the run spent on a target.
   *
   * @param target as it is by now, perhaps with a model that was chosen since
   */
  TargetReport spent(PlannedTarget planned, Target target, UnaryOperator<String> clean) {
    List<Entry> mine =
        entries.values().stream().filter(e -> e.probe().target().equals(target.name())).toList();
    return new TargetReport(
        clean.apply(target.name()),
        Optional.of(clean.apply(planned.environment())),
        target.surface().name(),
        clean.apply(target.base().toString()),
        target.model().map(clean),
        Optional.of(clean.apply(planned.passage().words())),
        mine.stream().flatMap(e -> e.version().stream()).findFirst().map(clean),
        mine.stream().mapToInt(entry -> entry.report().requests()).sum(),
        mine.stream().mapToLong(Entry::tokens).sum(),
        median(mine.stream().flatMap(e -> e.report().firstTokenMs().stream()).sorted().toList()),
        // The last one: it may be changed while a run goes on.
        mine.stream()
            .flatMap(e -> e.certificate().stream())
            .reduce((earlier, later) -> later)
            .map(c -> new CertificateReport(c.notBefore(), c.notAfter())),
        planned.decisions().stream().map(clean).toList());
  }

  private static Optional<Double> median(List<Double> sorted) {
    return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get((sorted.size() - 1) / 2));
  }

  private static Optional<String> version(Probe probe, Exchange exchange) {
    boolean isVersion = probe.route().stream().anyMatch(r -> r.name() == RouteName.VERSION);
    return isVersion && exchange.reply() instanceof Answer answer && answer.successful()
        ? Measures.version(answer)
        : Optional.empty();
  }
}
