package dev.meshcheck.suites.exporter;

import dev.meshcheck.fixtures.targets.Entry;
import dev.meshcheck.reports.fleet.Environment;
import dev.meshcheck.reports.fleet.ExporterMetrics;
import dev.meshcheck.reports.fleet.ProbeMetrics;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.fleet.Fleet;
import dev.meshcheck.suites.fleet.Judged;
import dev.meshcheck.suites.fleet.Running;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The probes that run now. Who asks for one that runs already gets its answer, so that two
 * Prometheus servers cost a host no more than one. Thread-safe.
 */
final class Probes implements AutoCloseable {

  private final Judge judge;
  private final int atOnce;
  private final ExporterMetrics metrics;
  private final Map<Key, Probe> running = new HashMap<>();
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(4, task -> daemon(task, "meshcheck-deadlines"));
  private boolean stopping;

  /** What makes two probes the same. */
  private record Key(String environment, Optional<Pack> pack) {}

  /** What judges an environment. */
  @FunctionalInterface
  interface Judge {

    /**
     * Judges.
     *
     * @param most how long the run may take
     */
    Judged judge(Entry entry, Optional<Pack> pack, Duration most, Probe probe);
  }

  /**
   * Probes.
   *
   * @param atOnce how many may run at once
   */
  Probes(Judge judge, int atOnce, ExporterMetrics metrics) {
    this.judge = judge;
    this.atOnce = atOnce;
    this.metrics = metrics;
    clock.setRemoveOnCancelPolicy(true);
  }

  /**
   * Judges an environment, or waits for the answer of who does already.
   *
   * @param most how long whoever asks waits
   * @throws Refused where there is no answer by then, no room for one more, or an end to all
   */
  ProbeMetrics ask(Entry entry, Optional<Pack> pack, Duration most) throws InterruptedException {
    long from = System.nanoTime();
    Duration left = most;
    while (left.compareTo(Deadlines.LEAST) >= 0 || left.equals(most)) {
      Probe probe = join(entry, pack, left);
      Optional<ProbeMetrics> answer = probe.await(Deadlines.ofTheAnswer(left));
      if (answer.isEmpty()) {
        throw Refused.busy(probe.isLateFor(left).formatted(entry.name()));
      }
      left = most.minusNanos(System.nanoTime() - from);
      // Somebody with less time began it; what they could not wait for is no news of the host.
      boolean more = left.compareTo(probe.deadlines().most()) > 0;
      if (!probe.deadlines().ended(answer.get().took()) || !more) {
        return answer.get();
      }
    }
    throw Refused.busy(Probe.OF_ANOTHER.formatted(entry.name()));
  }

  private synchronized Probe join(Entry entry, Optional<Pack> pack, Duration most) {
    if (stopping) {
      throw ending();
    }
    Key key = new Key(entry.name(), pack);
    Optional<Probe> same = Optional.ofNullable(running.get(key));
    if (same.isPresent()) {
      return same.get();
    }
    if (running.size() >= atOnce) {
      throw Refused.busy(
          "%d probes run already, which is all that --at-once allows".formatted(running.size()));
    }
    Probe probe = new Probe(most);
    try {
      daemon(() -> run(key, entry, probe), "meshcheck-probe-" + entry.name()).start();
    } catch (OutOfMemoryError e) {
      // Threads are bounded by the machine.
      throw Refused.busy("there is no room for one more thread");
    }
    running.put(key, probe);
    metrics.begins();
    return probe;
  }

  private void run(Key key, Entry entry, Probe probe) {
    var watch =
        clock.schedule(
            () -> overdue(key, entry, probe),
            probe.deadlines().ofTheEnd().minus(probe.took()).toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      Duration most = probe.deadlines().ofTheRun().minus(probe.took());
      end(key, entry, probe, judge.judge(entry, key.pack(), most, probe));
    } finally {
      watch.cancel(false);
    }
  }

  /** What keeps to its deadline in no way at all must not hold its place for ever. */
  private void overdue(Key key, Entry entry, Probe probe) {
    Judged judged = new Judged.Not(ExitCode.INCOMPLETE, "it did not end at its deadline");
    try {
      judged = probe.run().stop().<Judged>map(Judged.Ran::new).orElse(judged);
    } finally {
      end(key, entry, probe, judged);
    }
  }

  private void end(Key key, Entry entry, Probe probe, Judged judged) {
    ProbeMetrics answer = answer(entry, judged, probe.took());
    synchronized (this) {
      if (!running.remove(key, probe)) {
        return;
      }
      metrics.ended(answer.verdict(), answer.took());
    }
    // Who asks from now on begins a new one.
    probe.ends(answer);
  }

  private static ProbeMetrics answer(Entry entry, Judged judged, Duration took) {
    Environment environment = Fleet.environment(entry);
    if (judged instanceof Judged.Not not) {
      return ProbeMetrics.unjudged(environment, not.code(), not.why(), took);
    }
    try {
      return ProbeMetrics.of(environment, ((Judged.Ran) judged).report(), took);
    } catch (RuntimeException e) {
      String why = "internal error: " + e.getClass().getSimpleName();
      return ProbeMetrics.unjudged(environment, ExitCode.MESHCHECK_BROKE, why, took);
    }
  }

  private static Refused ending() {
    return Refused.busy("the exporter ends");
  }

  /** Ends all that run, takes no more, and returns within some seconds. */
  @Override
  public void close() {
    List<Probe> last;
    synchronized (this) {
      stopping = true;
      last = List.copyOf(running.values());
      running.clear();
    }
    clock.shutdownNow();
    last.forEach(probe -> probe.ends(ending()));
    // Their reports, where there are any, say that they were cut short.
    Running.endAll(last.stream().map(probe -> () -> stop(probe)));
  }

  private static void stop(Probe probe) {
    Optional<RunReport> unused = probe.run().stop();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
