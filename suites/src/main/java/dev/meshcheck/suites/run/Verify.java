package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.exchange.ExchangeLimits;
import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.exchange.Resolver;
import dev.meshcheck.fixtures.exchange.RunTime;
import dev.meshcheck.fixtures.exchange.Transport;
import dev.meshcheck.fixtures.settings.Found;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.TargetResolver;
import dev.meshcheck.fixtures.settings.Targets;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.baseline.Retention;
import dev.meshcheck.reports.console.ConsoleReport;
import dev.meshcheck.reports.console.ConsoleStyle;
import dev.meshcheck.reports.console.Kept;
import dev.meshcheck.reports.files.ReportFiles;
import dev.meshcheck.reports.model.Catalogue;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TargetReport;
import dev.meshcheck.reports.model.Tool;
import dev.meshcheck.reports.run.Expectations;
import dev.meshcheck.reports.run.PlannedCheck;
import dev.meshcheck.reports.run.PlannedTarget;
import dev.meshcheck.reports.run.RunId;
import dev.meshcheck.reports.run.RunLog;
import dev.meshcheck.reports.run.RunObserver;
import dev.meshcheck.reports.run.RunPlan;
import dev.meshcheck.reports.run.ShellQuote;
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
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** One run over the hosts that the settings name, from the settings to the reports. */
public final class Verify {

  /** With more failures than that the host is broken, not flaky, and asking again only costs. */
  private static final int MOST_AGAIN = 10;

  /** What --insecure takes away, in every report. */
  public static final String INSECURE =
      "--insecure: certificates are not checked, so anybody on the way may have given these answers"
          + " and read the key";

  private final Settings settings;
  private final Map<String, String> environment;
  private final PrintWriter out;
  private final ConsoleStyle style;
  private final IntConsumer halt;
  private final RunTime time;

  /**
   * A run whose time begins.
   *
   * @param environment the variables of the process, for the reports
   * @param style what the console behind {@code out} can show
   */
  public Verify(
      Settings settings, Map<String, String> environment, PrintWriter out, ConsoleStyle style) {
    this(settings, environment, out, style, code -> {});
  }

  /**
   * The same, in a process that can be ended.
   *
   * @param halt ends the process with a code at once, after an interrupted run has been told
   */
  Verify(
      Settings settings,
      Map<String, String> environment,
      PrintWriter out,
      ConsoleStyle style,
      IntConsumer halt) {
    this.settings = settings;
    this.environment = Map.copyOf(environment);
    this.out = out;
    this.style = style;
    this.halt = halt;
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
      return run(selection, named.targets(), settings.name(), named.notes());
    }
    try (Embedded embedded = Embedded.start()) {
      List<String> notes = new ArrayList<>(named.notes());
      notes.add("no host was named, so this is the embedded reference gateway");
      Optional<String> name = settings.name().or(() -> Optional.of(Embedded.NAME));
      return run(selection, embedded.targets(), name, notes);
    }
  }

  /**
   * Runs.
   *
   * @param name of the environment; without one, each target is called by its address
   */
  private RunReport run(
      Selection selection, List<Target> targets, Optional<String> name, List<String> notes) {
    Instant startedAt = Instant.now();
    String id = RunId.at(startedAt);
    Redactor redactor = redactor(targets);
    Before before = new Before(settings);
    Expectations expectations = before.expectations(names(targets), keys(targets, name));
    // What cannot be used is said before anything is written.
    Transport transport = settings.transport(Resolver.SYSTEM);
    Optional<ReportFiles> files = settings.createReports().map(reports -> open(reports, id));
    ConsoleReport console = new ConsoleReport(out, style, kept(files));
    console.waitsFor(targets.stream().map(Target::address).distinct().toList());
    List<RunObserver> observers = Stream.concat(files.stream(), Stream.of(console)).toList();
    try (Exchanger exchanger = new Exchanger(limits(), transport)) {
      List<Preflight> ready = preflights(targets, exchanger);
      List<Target> chosen = ready.stream().map(Preflight::target).toList();
      List<PlannedCheck> plan = plan(selection, chosen);
      RunLog log =
          RunLog.start(
              runPlan(id, startedAt, selection, ready, name, plan),
              redactor,
              observers,
              expectations);
      Interruption interruption =
          Interruption.heed(log, () -> stopSending(targets, exchanger), out, halt);
      try {
        notes.forEach(log::note);
        if (settings.insecure()) {
          log.note(INSECURE);
        }
        before.remark(expectations, id).ifPresent(log::note);
        ready.forEach(preflight -> log.exchanged(preflight.exchange()));
        if (!plan.isEmpty()) {
          Runner.run(selection.entries(), chosen, plan, exchanger, log);
          runFailuresAgain(selection, chosen, transport, log);
        }
        log.finish(Instant.now());
      } finally {
        interruption.ignore();
      }
      RunReport report = log.finish(Instant.now());
      removeOldRuns(report);
      Stream.concat(before.write(report).stream(), log.problems().stream())
          .forEach(problem -> out.println("meshcheck: " + problem));
      return report;
    }
  }

  /** What --keep lets go; a run is not worse for what could not be removed. */
  private void removeOldRuns(RunReport report) {
    if (settings.keep().isEmpty() || settings.reports().isEmpty()) {
      return;
    }
    Set<String> needed = report.change().map(change -> Set.of(change.baseline())).orElse(Set.of());
    try {
      new Retention(settings.reports().get()).keep(settings.keep().getAsInt(), needed);
    } catch (IOException e) {
      out.println("meshcheck: --keep cannot remove " + e.getMessage());
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

  private static void stopSending(List<Target> targets, Exchanger exchanger) {
    NoAnswer why = new NoAnswer(NoAnswer.Kind.NOT_SENT, "the run was interrupted");
    targets.forEach(target -> exchanger.giveUp(target, why));
  }

  /** A failure that does not come back is flaky; that is said, and it still counts. */
  private void runFailuresAgain(
      Selection selection, List<Target> targets, Transport transport, RunLog log) {
    List<PlannedCheck> failures = log.unexpectedFailures();
    if (failures.size() > MOST_AGAIN || time.isOver()) {
      return;
    }
    for (PlannedCheck failed : failures) {
      try (Exchanger fresh = new Exchanger(limits(), transport)) {
        Runner.again(selection.entries(), targets, failed, fresh, log);
      }
    }
  }

  private static Set<String> names(List<Target> targets) {
    return targets.stream().map(Target::name).collect(Collectors.toSet());
  }

  private static Set<String> keys(List<Target> targets, Optional<String> name) {
    return targets.stream()
        .map(t -> TargetReport.key(t.name(), name.orElse(t.address())))
        .collect(Collectors.toSet());
  }

  private Redactor redactor(List<Target> targets) {
    Redactor redactor = new Redactor(settings.secrets());
    settings.userIds().forEach(redactor::learnId);
    targets.forEach(redactor::learn);
    return redactor;
  }

  private ReportFiles open(Path reports, String id) {
    try {
      return ReportFiles.open(reports, id, environment, settings.readers(), settings.formats());
    } catch (IOException e) {
      throw new UsageException(
          "the reports cannot be written to "
              + reports
              + "; name another directory with --reports DIR, or 'none'");
    }
  }

  /** Where the run can be looked up; a directory that a flag named has to be named again. */
  private Kept kept(Optional<ReportFiles> files) {
    if (files.isEmpty()) {
      return Kept.NOWHERE;
    }
    String directory = files.get().directory().toString();
    boolean named =
        settings
            .value(Setting.REPORTS)
            .filter(f -> f.layer() == Found.Layer.FLAG || f.layer() == Found.Layer.PROPERTY)
            .isPresent();
    String reports = settings.reports().map(Path::toString).orElse("");
    return new Kept(
        Optional.of(directory),
        "./run.sh explain" + (named ? " --reports " + ShellQuote.quote(reports) : ""));
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
      Optional<String> name,
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
                        p.target(),
                        name.orElse(p.target().address()),
                        p.decisions(),
                        told.origins(p.target().surface()),
                        settings.passage(p.target().base())))
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
