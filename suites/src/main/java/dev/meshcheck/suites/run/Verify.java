package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.exchange.ExchangeLimits;
import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.exchange.RequestIds;
import dev.meshcheck.fixtures.exchange.Resolver;
import dev.meshcheck.fixtures.exchange.RunTime;
import dev.meshcheck.fixtures.exchange.Transport;
import dev.meshcheck.fixtures.settings.Program;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.TargetResolver;
import dev.meshcheck.fixtures.settings.Targets;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.baseline.Retention;
import dev.meshcheck.reports.console.ConsoleStyle;
import dev.meshcheck.reports.console.Kept;
import dev.meshcheck.reports.files.ReportFiles;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.run.Expectations;
import dev.meshcheck.reports.run.PlannedCheck;
import dev.meshcheck.reports.run.ReportsOption;
import dev.meshcheck.reports.run.RunId;
import dev.meshcheck.reports.run.RunLog;
import dev.meshcheck.reports.run.RunObserver;
import dev.meshcheck.suites.check.Catalogue.Entry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One run over the hosts that the settings name, from the settings to the reports. */
public final class Verify {

  /** With more failures than that the host is broken, not flaky, and asking again only costs. */
  private static final int MOST_AGAIN = 10;

  /** What --insecure takes away, in every report. */
  public static final String INSECURE =
      "--insecure: certificates are not checked, so anybody on the way may have given these answers"
          + " and read the key";

  private final Settings settings;
  private final Surroundings around;
  private final RunTime time;
  private boolean lost;

  /**
   * A run whose time begins, alone in its process.
   *
   * @param environment the variables of the process, for the reports
   * @param style what the console behind {@code out} can show
   */
  public Verify(
      Settings settings, Map<String, String> environment, PrintWriter out, ConsoleStyle style) {
    this(settings, Surroundings.alone(environment, out, style, code -> {}));
  }

  /** A run whose time begins, with that around it. */
  public Verify(Settings settings, Surroundings around) {
    this.settings = settings;
    this.around = around;
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
      return run(selection, named.targets(), named.engine(), settings.name(), named.notes());
    }
    try (Embedded embedded = Embedded.start()) {
      List<String> notes = new ArrayList<>(named.notes());
      notes.add("no host was named, so this is the embedded reference gateway");
      Optional<String> name = settings.name().or(() -> Optional.of(Embedded.NAME));
      List<Target> targets =
          embedded.targets().stream().map(t -> t.withGoals(settings.goals())).toList();
      return run(selection, targets, Optional.empty(), name, notes);
    }
  }

  /**
   * Runs.
   *
   * @param engine behind the targets
   * @param name of the environment; without one, each target is called by its address
   */
  private RunReport run(
      Selection selection,
      List<Target> targets,
      Optional<Target> engine,
      Optional<String> name,
      List<String> notes) {
    Instant startedAt = Instant.now();
    String id = RunId.at(startedAt);
    Planning planning = new Planning(settings, selection, id, startedAt, name);
    Redactor redactor = redactor(targets);
    engine.ifPresent(redactor::learn);
    Before before = new Before(settings);
    Expectations expectations = before.expectations(names(targets), planning.keys(targets));
    // What cannot be used is said before anything is written.
    Transport transport = settings.transport(Resolver.SYSTEM);
    Optional<ReportFiles> files = settings.createReports().map(reports -> open(reports, id));
    Voice.Heard heard = around.voice().of(kept(files, redactor));
    heard
        .waits()
        .accept(targets.stream().map(Target::address).distinct().collect(Collectors.joining(", ")));
    List<RunObserver> observers =
        Stream.concat(files.stream(), Stream.of(heard.observer())).toList();
    AtomicReference<Optional<RunLog>> begun = new AtomicReference<>(Optional.empty());
    Supplier<RunLog> unasked =
        () ->
            RunLog.start(
                planning.plan(
                    targets.stream().map(t -> planning.target(t, List.of())).toList(),
                    engine.map(e -> planning.engine(e, List.of())),
                    planning.checks(targets)),
                redactor,
                observers,
                expectations);
    Optional<Readiness> readiness =
        settings
            .waitReady()
            .map(
                most ->
                    new Readiness(
                        most, Readiness.BETWEEN, () -> trying(most, transport, id), heard.waits()));
    try (Exchanger exchanger = exchanger(transport, id)) {
      Interruptions.Heeded interruption =
          around
              .interruptions()
              .heed(
                  () -> {
                    readiness.ifPresent(Readiness::stop);
                    exchanger.stop(new NoAnswer(NoAnswer.Kind.NOT_SENT, "the run was interrupted"));
                    return cutShort(begun.get().orElseGet(unasked));
                  });
      try {
        List<String> waited =
            readiness
                .map(one -> atOnce(targets, one::await).stream().flatMap(Optional::stream).toList())
                .orElse(List.of());
        List<Preflight> ready = atOnce(targets, target -> Preflight.of(target, exchanger));
        Lineup lineup = Lineup.of(ready, engine, settings, exchanger);
        List<PlannedCheck> checks = lineup.checks(planning);
        RunLog log = RunLog.start(lineup.plan(planning, checks), redactor, observers, expectations);
        begun.set(Optional.of(log));
        Stream.of(notes, waited, lineup.notes()).flatMap(List::stream).forEach(log::note);
        if (settings.insecure()) {
          log.note(INSECURE);
        }
        before.remark(expectations, id).ifPresent(log::note);
        lineup.exchanges().forEach(log::exchanged);
        if (!checks.isEmpty()) {
          List<Entry> entries = lineup.entries(selection);
          Runner.run(entries, lineup.inFront(), checks, exchanger, log);
          runFailuresAgain(id, entries, lineup.inFront(), transport, log);
          lineup
              .engine()
              .map(Preflight::target)
              .ifPresent(
                  behind ->
                      Runner.behind(
                          selection.entries(),
                          behind,
                          planning.behind(behind, checks),
                          exchanger,
                          log));
        }
        RunReport report = log.finish(Instant.now());
        removeOldRuns(report);
        log.problems().forEach(around.voice()::problem);
        before.write(report).ifPresent(problem -> lose(report, problem));
        return report;
      } finally {
        interruption.ignore();
      }
    }
  }

  /** Scripts go by the exit code: a file that was asked for and is not there is told by it. */
  private void lose(RunReport report, String problem) {
    boolean passed = Meshcheck.exitCode(report) == ExitCode.PASSED;
    lost = true;
    around.voice().problem(problem + (passed ? "; without them this ends with exit 3" : ""));
  }

  /**
   * What a process that did nothing else ends with: that of the run, and 3 where a file is lost.
   */
  ExitCode exitCode(RunReport report) {
    ExitCode code = Meshcheck.exitCode(report);
    return lost && code == ExitCode.PASSED ? ExitCode.INCOMPLETE : code;
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
      around.voice().problem("--keep cannot remove " + e.getMessage());
    }
  }

  /**
   * Asks all targets at once, in threads of their own: REST Assured's first use waits for the
   * common pool, and would wait for ever if that pool were waiting for REST Assured.
   */
  private static <T> List<T> atOnce(List<Target> targets, Function<Target, T> asking) {
    Executor threads = task -> new Thread(task, "meshcheck-preflight").start();
    List<CompletableFuture<T>> asked =
        targets.stream()
            .map(t -> CompletableFuture.supplyAsync(() -> asking.apply(t), threads))
            .toList();
    return asked.stream().map(CompletableFuture::join).toList();
  }

  private RunReport cutShort(RunLog log) {
    RunReport report = log.cutShort(Instant.now());
    log.problems().forEach(around.voice()::problem);
    return report;
  }

  /** A failure that does not come back is flaky; that is said, and it still counts. */
  private void runFailuresAgain(
      String id, List<Entry> entries, List<Target> targets, Transport transport, RunLog log) {
    List<PlannedCheck> failures = log.unexpectedFailures();
    if (failures.size() > MOST_AGAIN || time.isOver()) {
      return;
    }
    for (PlannedCheck failed : failures) {
      try (Exchanger fresh = exchanger(transport, id + "-again")) {
        Runner.again(entries, targets, failed, fresh, log);
      }
    }
  }

  private static Set<String> names(List<Target> targets) {
    return targets.stream().map(Target::name).collect(Collectors.toSet());
  }

  private Redactor redactor(List<Target> targets) {
    Redactor redactor = new Redactor(settings.secrets());
    settings.userIds().forEach(redactor::learnId);
    targets.forEach(redactor::learn);
    return redactor;
  }

  private ReportFiles open(Path reports, String id) {
    try {
      return ReportFiles.open(
          reports, id, around.environment(), settings.readers(), settings.formats());
    } catch (IOException e) {
      throw new UsageException(
          "the reports cannot be written to "
              + reports
              + "; name another directory with --reports DIR, or 'none'");
    }
  }

  /** Where the run can be looked up; a directory that a flag named has to be named again. */
  private Kept kept(Optional<ReportFiles> files, Redactor redactor) {
    if (files.isEmpty()) {
      return Kept.NOWHERE;
    }
    String directory = files.get().directory().toString();
    String explain = Program.name() + " explain" + ReportsOption.of(settings);
    return new Kept(Optional.of(redactor.text(directory)), redactor.text(explain));
  }

  private Exchanger exchanger(Transport transport, String id) {
    return new Exchanger(limits(), transport, RequestIds.of(id), around.inFlight());
  }

  /** For one try of a host that may not be there yet: nothing is tried again within it. */
  private Exchanger trying(Duration most, Transport transport, String id) {
    ExchangeLimits once =
        limits()
            .with(1, settings.timeout(), settings.streamIdleTimeout(), 0)
            .within(RunTime.of(Optional.of(time.left(most))));
    return new Exchanger(once, transport, RequestIds.of(id + "-ready"), around.inFlight());
  }

  private ExchangeLimits limits() {
    return ExchangeLimits.DEFAULT
        .with(
            settings.parallel(),
            settings.timeout(),
            settings.streamIdleTimeout(),
            settings.maxRetries())
        .withTokens(settings.maxTokensSpent())
        .holding(ExchangeLimits.DEFAULT.heldBytes() / around.sideBySide())
        .within(time);
  }
}
