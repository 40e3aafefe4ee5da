package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.exchange.Resolver;
import dev.meshcheck.fixtures.settings.ConfigAge;
import dev.meshcheck.fixtures.settings.Draft;
import dev.meshcheck.fixtures.settings.Drafts;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.Sources;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.cause.Diagnosis;
import dev.meshcheck.reports.cause.DiagnosisReport;
import dev.meshcheck.reports.cause.Layer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One diagnosis, layer by layer; a layer that is broken ends it, for what is above it is moot. */
public final class Diagnose {

  /** How many requests may be on their way at once. */
  static final int THREADS = 16;

  private final Sources sources;
  private final Resolver resolver;
  private final DiagnosisObserver observer;

  /**
   * A diagnosis that has not begun.
   *
   * @param resolver turns names into addresses
   * @param observer is told of each layer as it is done
   */
  public Diagnose(Sources sources, Resolver resolver, DiagnosisObserver observer) {
    this.sources = sources;
    this.resolver = resolver;
    this.observer = observer;
  }

  /**
   * Looks, and returns what was found.
   *
   * @throws UsageException when no host is named
   */
  public DiagnosisReport run() {
    Instant startedAt = Instant.now();
    Drafts drafts = Drafts.of(sources);
    if (!drafts.troubles().isEmpty()) {
      Redactor redactor = new Redactor(drafts.settings().map(Settings::secrets).orElse(List.of()));
      Telling telling = new Telling(redactor, startedAt, observer, false);
      return telling.unusable(drafts.troubles());
    }
    if (drafts.drafts().isEmpty()) {
      throw new UsageException(
          "diagnose needs a host: say --host URL, or set TENSORMESH_BASE_URL, GATEWAY_BASE or"
              + " SERVERLESS_BASE");
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS, Diagnose::daemon);
    try {
      return run(drafts, threads, startedAt);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "meshcheck-diagnose");
    thread.setDaemon(true);
    return thread;
  }

  private DiagnosisReport run(Drafts drafts, ExecutorService threads, Instant startedAt) {
    Settings settings = drafts.settings().orElseThrow();
    List<Target> targets = drafts.drafts().stream().map(Draft::target).toList();
    Redactor redactor = new Redactor(settings.secrets());
    settings.userIds().forEach(redactor::learnId);
    targets.forEach(redactor::learn);
    Optional<Duration> age = ConfigAge.of(sources, startedAt);
    List<Case> cases =
        drafts.drafts().stream()
            .map(d -> new Case(d, targets, age, redactor, settings.passage(d.target().base())))
            .toList();
    int hosts = (int) targets.stream().filter(t -> !Trials.isControlPlane(t)).count();
    Budget budget = new Budget(threads, hosts);
    Telling telling = new Telling(redactor, startedAt, observer, settings.insecure());
    telling.begin(cases);
    telling.layer(Layer.SETTINGS, cases);
    try (NetworkLayer network = new NetworkLayer(settings, resolver)) {
      network.look(cases, threads);
      telling.layer(Layer.NETWORK, cases);
      HostLayer.ask(cases, network, budget);
      telling.layer(Layer.HOST, cases);
      OnceMore.ask(cases, budget);
      RoutingLayer.ask(cases, budget);
      OnceMore.ask(cases, budget);
      telling.layer(Layer.ROUTING, cases);
      ServiceLayer.ask(cases, budget);
      Repeats.ask(cases, budget);
      telling.layer(Layer.SERVICE, cases);
    }
    return telling.end(cases, Diagnosis.withUnknown(cases.stream().map(Case::evidence).toList()));
  }
}
