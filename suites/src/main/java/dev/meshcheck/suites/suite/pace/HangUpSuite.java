package dev.meshcheck.suites.suite.pace;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Alone;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Failure;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What a client that hangs up leaves behind; judged while nothing else is in flight. */
@Alone
public final class HangUpSuite {

  /** What is left of an answer may still be computed, and that takes as long as the answer. */
  private static final double FACTOR = 3;

  /** In milliseconds; a host that is busy with somebody else's requests is no finding. */
  private static final double GRACE_MS = 5000;

  /** Nobody waits longer for an answer that nobody reads, in milliseconds. */
  private static final double LONGEST_PAUSE_MS = 3000;

  /** The first one, and one more before anybody is told that a host makes others wait. */
  private static final int TIMES = 2;

  /**
   * What one hang-up did.
   *
   * @param before a stream of the question, read to its end
   * @param after the same question, asked as soon as another stream of it was hung up on, and again
   *     when that stream would have been over
   */
  private record HangUp(Answered before, List<Answered> after) {

    double longestMs() {
      return after.stream().mapToDouble(HangUpSuite::took).max().orElse(0);
    }

    boolean madeWait() {
      return longestMs() > FACTOR * took(before) + GRACE_MS;
    }
  }

  private static double took(Answered answered) {
    return answered.exchange().timings().total();
  }

  /** A question of its own, so that nobody else shares the answers. */
  private static Ask question(Probe probe) {
    return probe.chat("Say hello twice.");
  }

  private static HangUp hangUp(Probe probe, int time) {
    int nth = 3 * time;
    Answered before = Given.stream(question(probe).again(nth)).answered();
    Given.that(() -> question(probe).again(time).streamAndHangUpAfter(2).mustBe(200));
    Answered atOnce = question(probe).again(nth + 1).send();
    pauseUntil(Math.min(FACTOR * took(before), LONGEST_PAUSE_MS), atOnce.exchange().startedAt());
    return new HangUp(before, List.of(atOnce, question(probe).again(nth + 2).send()));
  }

  private static void pauseUntil(double ms, Instant since) {
    long left = (long) ms - Duration.between(since, Instant.now()).toMillis();
    try {
      Thread.sleep(Math.max(0, left));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Check(
      id = "chat-stream.hanging-up-is-survived",
      title = "after a client hangs up in mid-stream the next request is answered",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {"requests of clients that are gone go on and block others"},
      about = {Reason.SERVER_ERROR, Reason.TIMEOUT, Reason.UNAVAILABLE, Reason.CONNECTION_CLOSED})
  void hangingUpIsSurvived(Probe probe) {
    hangUp(probe, 1).after().forEach(answered -> answered.mustStillBe(200));
  }

  @Check(
      id = "chat-stream.hanging-up-makes-nobody-wait",
      title = "after a client hangs up in mid-stream the next request takes no longer than usual",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {"requests of clients that are gone go on, and others wait until they end"})
  void hangingUpMakesNobodyWait(Probe probe) {
    HangUp last = hangUp(probe, 1);
    for (int time = 2; last.madeWait() && time <= TIMES; time++) {
      last = hangUp(probe, time);
    }
    if (last.madeWait()) {
      double longest = last.longestMs();
      last.after().stream().filter(a -> took(a) == longest).forEach(probe::restsOn);
      throw new Failure(
          Reason.WRONG_VALUE,
          "the request behind a hang-up waits",
          String.format(Locale.ROOT, "an answer in about %.0f ms, as before", took(last.before())),
          String.format(Locale.ROOT, "%.0f ms, twice in a row", longest));
    }
  }
}
