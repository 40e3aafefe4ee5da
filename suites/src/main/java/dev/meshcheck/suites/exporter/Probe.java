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

  static final String OF_ANOTHER = "the probe of %s that runs already does not end in that time";

  private static final String OF_MINE =
      "the probe of %s does not end in that time on this machine; raise scrape_timeout, or ask for less with"
          + " &pack=smoke";

  private final Deadlines deadlines;
  private final long from = System.nanoTime();
  private final Running run = new Running();
  private final CompletableFuture<ProbeMetrics> answer = new CompletableFuture<>();

  /**
   * A probe that begins.
   *
   * @param most in which its answer has to be there
   */
  Probe(Duration most) {
    this.deadlines = new Deadlines(most);
  }

  /** What has to be done by when. */
  Deadlines deadlines() {
    return deadlines;
  }

  /**
   * Why there is no answer for who has so much time: it was begun for that, or for somebody else.
   */
  String isLateFor(Duration time) {
    return deadlines.most().compareTo(time) > 0 ? OF_ANOTHER : OF_MINE;
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
}
