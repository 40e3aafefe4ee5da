package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.exchange.ExchangeLimits;
import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.exchange.RunTime;
import dev.meshcheck.fixtures.exchange.TrustStore;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.TargetResolver;
import dev.meshcheck.fixtures.settings.Targets;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.console.ConsoleReport;
import dev.meshcheck.reports.console.ConsoleStyle;
import dev.meshcheck.reports.files.ReportFiles;
import dev.meshcheck.reports.model.Catalogue;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.Tool;
import dev.meshcheck.reports.run.Expectations;
import dev.meshcheck.reports.run.PlannedCheck;
import dev.meshcheck.reports.run.PlannedTarget;
import dev.meshcheck.reports.run.RunId;
import dev.meshcheck.reports.run.RunLog;
import dev.meshcheck.reports.run.RunObserver;
import dev.meshcheck.reports.run.RunPlan;
import dev.meshcheck.suites.check.Catalogue.Entry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.net.ssl.SSLContext;

/** One run over the hosts that the settings name, from the settings to the reports. */
public final class Verify {

  /** With more failures than that the host is broken, not flaky, and asking again only costs. */
  private static final int MOST_AGAIN = 10;

  private final Settings settings;
  private final Map<String, String> environment;
  private final PrintWriter out;
  private final ConsoleStyle style;
  private final RunTime time;

  /**
   * A run whose time begins.
   *
   * @param environment the variables of the process, for the reports
   * @param style what the console behind {@code out} can show
   */
  public Verify(
      Settings settings, Map<String, String> environment, PrintWriter out, ConsoleStyle style) {
    this.settings = settings;
    this.environment = Map.copyOf(environment);
    this.out = out;
    this.style = style;
    this.time = RunTime.of(settings.runTimeout());
  }

  /**
   * Runs, and returns the finished report.
   *
   * @throws UsageException when nothing can be sent with these settings
   */
  public RunReport run() {
    Selection selection = Selection.of(settings, Suites.catalogue());
    Targets named = TargetResolver.resolve(settings);
    if (!named.targets().isEmpty()) {
      return run(selection, named.targets(), named.notes());
    }
    try (Embedded embedded = Embedded.start()) {
      List<String> notes = new ArrayList<>(named.notes());
      notes.add("no host was named, so this is the embedded reference gateway");
      return run(selection, embedded.targets(), notes);
    }
  }

  private RunReport run(Selection selection, List<Target> targets, List<String> notes) {
    Instant startedAt = Instant.now();
    String id = RunId.at(startedAt);
    Redactor redactor = new Redactor(secrets(targets));
    Before before = new Before(settings);
    Expectations expectations = before.expectations(names(targets));
    List<RunObserver> observers = observers(id);
    try (Exchanger exchanger = new Exchanger(limits(), tls())) {
      List<Preflight> ready = preflights(targets, exchanger);
      List<Target> chosen = ready.stream().map(Preflight::target).toList();
      List<PlannedCheck> plan = plan(selection, chosen);
      RunLog log =
          RunLog.start(
              runPlan(id, startedAt, selection, ready, plan), redactor, observers, expectations);
      notes.forEach(log::note);
      if (settings.baseline().isPresent() && expectations.baseline().isEmpty()) {
        log.note("no earlier run judged these targets, so every failure is new");
      }
      ready.forEach(preflight -> log.exchanged(preflight.exchange()));
      if (!plan.isEmpty()) {
        Runner.run(selection.entries(), chosen, plan, exchanger, log);
        runFailuresAgain(selection, chosen, log);
      }
      RunReport report = log.finish(Instant.now());
      Stream.concat(before.write(report).stream(), log.problems().stream())
          .forEach(problem -> out.println("meshcheck: " + problem));
      return report;
    }
  }

  /**
   * Asks all targets at once, in threads of their own: REST Assured's first use waits for the
   * common pool, and would wait for ever if that pool were waiting for REST Assured.
   */
  private static List<Preflight> preflights(List<Target> targets, Exchanger exchanger) {
    Executor threads = task -> new Thread(task, "meshcheck-preflight").start();
    List<CompletableFuture<Preflight>> asked =
        targets.stream()
            .map(t -> CompletableFuture.supplyAsync(() -> Preflight.of(t, exchanger), threads))
            .toList();
    return asked.stream().map(CompletableFuture::join).toList();
  }

  /** A failure that does not come back is flaky; that is said, and it still counts. */
  private void runFailuresAgain(Selection selection, List<Target> targets, RunLog log) {
    List<PlannedCheck> failures = log.unexpectedFailures();
    if (failures.size() > MOST_AGAIN || time.isOver()) {
      return;
    }
    for (PlannedCheck failed : failures) {
      try (Exchanger fresh = new Exchanger(limits(), tls())) {
        Runner.again(selection.entries(), targets, failed, fresh, log);
      }
    }
  }

  private static Set<String> names(List<Target> targets) {
    return targets.stream().map(Target::name).collect(Collectors.toSet());
  }

  private static List<String> secretsOf(Target target) {
    return target.key().stream().toList();
  }

  private List<String> secrets(List<Target> targets) {
    return Stream.concat(
            settings.secrets().stream(), targets.stream().flatMap(t -> secretsOf(t).stream()))
        .distinct()
        .toList();
  }

  private List<RunObserver> observers(String id) {
    List<RunObserver> observers = new ArrayList<>();
    Optional<String> shown = Optional.empty();
    Optional<Path> reports = settings.createReports();
    if (reports.isPresent()) {
      try {
        ReportFiles files = ReportFiles.open(reports.get(), id, environment);
        observers.add(files);
        shown = Optional.of(files.directory().toString());
      } catch (IOException e) {
        throw new UsageException(
            "the reports cannot be written to "
                + reports.get()
                + "; name another directory with --reports DIR, or 'none'");
      }
    }
    observers.add(new ConsoleReport(out, style, shown));
    return observers;
  }

  private ExchangeLimits limits() {
    return ExchangeLimits.DEFAULT
        .with(
            settings.parallel(),
            settings.timeout(),
            settings.streamIdleTimeout(),
            settings.maxRetries())
        .withTokens(settings.maxTokensSpent())
        .within(time);
  }

  private SSLContext tls() {
    try {
      return TrustStore.context(settings.caBundle());
    } catch (IOException e) {
      throw new UsageException(
          "ca-bundle "
              + settings.caBundle().map(Path::toString).orElse("")
              + " cannot be used: "
              + e.getMessage()
              + "; name a PEM file of certificates");
    }
  }

  private static List<PlannedCheck> plan(Selection selection, List<Target> targets) {
    return selection.entries().stream()
        .flatMap(
            entry ->
                targets.stream()
                    .filter(target -> selection.isAbout(entry, target.surface()))
                    .map(target -> new PlannedCheck(entry.infoOn(target.surface()), target)))
        .toList();
  }

  private RunPlan runPlan(
      String id,
      Instant startedAt,
      Selection selection,
      List<Preflight> ready,
      List<PlannedCheck> plan) {
    ToldSettings told = new ToldSettings(settings);
    return new RunPlan(
        id,
        startedAt,
        selection.words(),
        settings.parallel(),
        settings.strict(),
        catalogue(Suites.catalogue()),
        told.settings(),
        ready.stream()
            .map(
                p ->
                    new PlannedTarget(
                        p.target(), p.decisions(), told.origins(p.target().surface())))
            .toList(),
        plan);
  }

  /** A catalogue whose version changes with every id, title and level in it. */
  static Catalogue catalogue(List<Entry> entries) {
    CRC32 sum = new CRC32();
    for (Entry entry : entries) {
      String levels = entry.info().level() + List.of(entry.check().elsewhere()).toString();
      String line = entry.info().id() + levels + entry.info().title() + '\n';
      sum.update(line.getBytes(StandardCharsets.UTF_8));
    }
    String version = Tool.current().version() + "-" + String.format("%08x", sum.getValue());
    return new Catalogue(version, entries.size());
  }
}
