package dev.meshcheck.suites.exporter;

import dev.meshcheck.reports.fleet.ProbeMetrics;
import dev.meshcheck.suites.fleet.Running;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One probe, while it runs, and its answer for all that wait for it. Thread-safe. */
final class Probe {

  /** Of deadlines; who ends so close to one is asked again rather than believed. */
  private static final Duration ROUNDING = Duration.ofMillis(50);

  private final Duration most;
  private final long from = System.nanoTime();
  private final Running run = new Running();
  private final CompletableFuture<ProbeMetrics> answer = new CompletableFuture<>();

  /**
   * A probe that begins.
   *
   * @param most in which its answer has to be there
   */
  Probe(Duration most) {
    this.most = most;
  }

  /** In which its answer has to be there. */
  Duration most() {
    return most;
  }

  /** Since it began. */
  Duration took() {
    return Duration.ofNanos(System.nanoTime() - from);
  }

  /** The run, which can be cut short. */
  Running run() {
    return run;
  }

  /** The answer; only the first one counts. Says whether this was it. */
  boolean ends(ProbeMetrics metrics) {
    return answer.complete(metrics);
  }

  /** There will be no answer, for that reason. */
  void ends(Refused why) {
    answer.completeExceptionally(why);
  }

  /**
   * Waits for the answer.
   *
   * @return nothing where it is not there by then
   * @throws Refused where there will be none
   */
  Optional<ProbeMetrics> await(Duration longest) throws InterruptedException {
    try {
      return Optional.of(answer.get(longest.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Refused refused ? refused : new IllegalStateException(e);
    }
  }

  /**
   * Whether its time may have been over before it had judged everything. A run is told its deadline
   * in whole milliseconds, and may end one of them early.
   */
  static boolean isOutOfTime(ProbeMetrics answer, Duration most) {
    return answer.took().compareTo(most.minus(Probes.OFFSET).minus(ROUNDING)) >= 0;
  }
}
