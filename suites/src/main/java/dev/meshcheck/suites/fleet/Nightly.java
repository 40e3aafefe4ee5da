package dev.meshcheck.suites.fleet;

import dev.meshcheck.fixtures.exchange.LeasedSemaphore;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.exchange.SharedInFlight;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.fixtures.targets.Entry;
import dev.meshcheck.reports.fleet.Night;
import dev.meshcheck.reports.fleet.NightLog;
import dev.meshcheck.reports.fleet.NightRetention;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.run.RunId;
import dev.meshcheck.suites.run.Interruption;
import dev.meshcheck.suites.run.Meshcheck;
import dev.meshcheck.suites.run.Surroundings;
import dev.meshcheck.suites.run.Verify;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.apache.commons.lang3.concurrent.BasicThreadFactory;

/**
 * One night: every environment of a fleet, side by side, each as {@code verify} judges it. Nothing
 * that happens to one ends the night or holds up the others.
 */
final class Nightly {

  /** An environment that takes longer no longer keeps others from starting. */
  private static final Duration BUSY = Duration.ofSeconds(20);

  /** Each has some threads, and threads are bounded by the machine. */
  private static final int MOST_RUNNING = 256;

  /** A run ends itself at its deadline, and then has its reports to write. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final Fleet fleet;
  private final NightlyCommand command;
  private final Path reports;
  private final NightLog log;
  private final NightConsole console;
  private final IntConsumer halt;
  private final long from = System.nanoTime();
  private final Map<Entry, Running> running = new ConcurrentHashMap<>();
  private final Map<String, ExitCode> codes = new HashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(daemons("meshcheck-deadlines"));
  private volatile boolean stopping;
  private Optional<ExitCode> end = Optional.empty();

  private Nightly(
      Fleet fleet,
      NightlyCommand command,
      Path reports,
      NightLog log,
      NightConsole console,
      IntConsumer halt) {
    this.fleet = fleet;
    this.command = command;
    this.reports = reports;
    this.log = log;
    this.console = console;
    this.halt = halt;
  }

  /**
   * Judges a fleet.
   *
   * @param halt ends the process with a code at once, after an interrupted night has been told
   * @throws UsageException where the reports cannot be written
   */
  static ExitCode run(Fleet fleet, NightlyCommand command, NightConsole console, IntConsumer halt) {
    Path reports =
        fleet
            .whole()
            .createReports()
            .orElseThrow(
                () ->
                    new UsageException(
                        "--reports none: a night is looked at in its reports; name a directory"));
    Instant now = Instant.now();
    Night begun =
        new Night(
            RunId.at(now),
            now,
            Optional.empty(),
            false,
            Optional.empty(),
            fleet.shard(),
            List.of());
    try {
      NightLog log =
          NightLog.open(
              reports,
              begun,
              fleet.entries().stream().map(Fleet::environment).toList(),
              fleet.whole().readers());
      return new Nightly(fleet, command, reports, log, console, halt).run();
    } catch (IOException e) {
      throw new UsageException(
          "the reports cannot be written to "
              + reports
              + "; name another directory with --reports");
    }
  }

  private ExitCode run() {
    console.begins(fleet, command);
    Interruption interruption = Interruption.heed(this::interrupted);
    Semaphore room = new Semaphore(MOST_RUNNING);
    try (SharedInFlight inFlight = new SharedInFlight(command.inFlight(), SharedInFlight.PER_HOST);
        LeasedSemaphore places = new LeasedSemaphore(command.atOnce(), BUSY)) {
      for (Entry entry : fleet.entries()) {
        room.acquireUninterruptibly();
        LeasedSemaphore.Lease place = places.lease();
        if (stopping) {
          break;
        }
        AtomicBoolean held = new AtomicBoolean(true);
        start(
            entry,
            inFlight,
            () -> {
              if (held.compareAndSet(true, false)) {
                place.close();
                room.release();
              }
            });
      }
      room.acquireUninterruptibly(MOST_RUNNING);
    } finally {
      interruption.ignore();
      clock.shutdownNow();
    }
    return finish(!stopping);
  }

  private void start(Entry entry, SharedInFlight inFlight, Runnable leaves) {
    console.starts(entry.name());
    Running run = new Running();
    running.put(entry, run);
    Runnable judging =
        () -> {
          try {
            judge(entry, run, inFlight, leaves);
          } finally {
            leaves.run();
          }
        };
    try {
      daemons("meshcheck-environment-" + entry.name()).newThread(judging).start();
    } catch (OutOfMemoryError e) {
      // Threads are bounded by the machine; those that run already may go on.
      unjudged(entry, ExitCode.MESHCHECK_BROKE, "there is no room for one more thread");
      leaves.run();
    }
  }

  private static ThreadFactory daemons(String name) {
    // A pattern would read a percent sign in the name of an environment.
    return BasicThreadFactory.builder().namingPattern(name.replace("%", "%%")).daemon().build();
  }

  private void judge(Entry entry, Running run, SharedInFlight inFlight, Runnable leaves) {
    Path own = reports.resolve("environments").resolve(entry.name());
    Judged judged =
        Judged.by(
            new Redactor(fleet.whole().secrets()),
            () -> fleet.settings(entry, Optional.of(own)),
            settings -> judge(entry, settings, run, inFlight, leaves));
    if (judged instanceof Judged.Ran ran) {
      ended(entry, ran.report());
    } else if (judged instanceof Judged.Not not) {
      unjudged(entry, not.code(), not.why());
    }
  }

  private RunReport judge(
      Entry entry, Settings settings, Running run, SharedInFlight inFlight, Runnable leaves) {
    Surroundings around =
        new Surroundings(
            fleet.environment(), console.of(entry.name()), run, inFlight, command.atOnce());
    Duration deadline = settings.runTimeout().orElseThrow().plus(GRACE);
    Future<?> watch =
        clock.schedule(
            () -> overdue(entry, run, leaves), deadline.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return new Verify(settings, around).run();
    } finally {
      watch.cancel(false);
    }
  }

  /** What keeps to its deadline in no way at all must not hold up the night. */
  private void overdue(Entry entry, Running run, Runnable leaves) {
    try {
      run.stop().ifPresent(report -> ended(entry, report));
      unjudged(entry, ExitCode.INCOMPLETE, "it did not end at its deadline");
    } finally {
      leaves.run();
    }
  }

  private synchronized void ended(Entry entry, RunReport report) {
    if (isFirst(entry, Meshcheck.exitCode(report))) {
      log.ended(Fleet.environment(entry), report);
      console.ended(entry.name(), report);
    }
  }

  private synchronized void unjudged(Entry entry, ExitCode code, String why) {
    if (isFirst(entry, code)) {
      log.unjudged(Fleet.environment(entry), code, why);
      console.unjudged(entry.name(), code, why);
    }
  }

  /** Whether nothing is known of that environment yet; a run that is cut short ends twice. */
  private boolean isFirst(Entry entry, ExitCode code) {
    running.remove(entry);
    return end.isEmpty() && codes.putIfAbsent(entry.name(), code) == null;
  }

  /** What has ended stays as it is, what runs is cut short, and the rest could not run. */
  private void interrupted() {
    stopping = true;
    ExitCode code = ExitCode.INCOMPLETE;
    try {
      cutShort();
      code = finish(false);
    } finally {
      halt.accept(code.code());
    }
  }

  /** Those that end by themselves meanwhile are told as that. */
  private void cutShort() {
    Running.endAll(
        running.entrySet().stream()
            .map(
                one ->
                    () -> one.getValue().stop().ifPresent(report -> ended(one.getKey(), report))));
  }

  /** A night is not worse for what could not be removed. */
  private void removeOldNights(int newest) {
    try {
      new NightRetention(reports).keep(newest);
    } catch (IOException e) {
      console.problem("--keep cannot remove " + e.getMessage());
    }
  }

  private synchronized ExitCode finish(boolean complete) {
    if (end.isPresent()) {
      return end.get();
    }
    ExitCode code = complete ? ExitCode.worst(codes.values()) : ExitCode.INCOMPLETE;
    end = Optional.of(code);
    fleet.entries().forEach(one -> codes.putIfAbsent(one.name(), ExitCode.INCOMPLETE));
    var unused = log.finish(Instant.now(), complete, code);
    fleet.whole().keep().ifPresent(this::removeOldNights);
    Duration took = Duration.ofNanos(System.nanoTime() - from);
    console.ends(
        codes.values(),
        code,
        complete,
        String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0),
        log.directory().toString());
    return code;
  }
}
