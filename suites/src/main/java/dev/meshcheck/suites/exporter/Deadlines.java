package dev.meshcheck.suites.exporter;

import java.time.Duration;

/**
 * What is done by when in the time that whoever asks for a probe waits. The blackbox exporter,
 * which has little to tell, ends half a second before
 * (https://github.com/prometheus/blackbox_exporter); a run has hundreds of results to put together,
 * and a busy machine takes its time for that.
 *
 * @param most in which the answer has to be there, from the beginning of the probe
 */
record Deadlines(Duration most) {

  /** Less time is no time to judge anything. */
  static final Duration LEAST = Duration.ofSeconds(1);

  private static final Duration SHORTEST_TELLING = Duration.ofMillis(500);
  private static final Duration LONGEST_TELLING = Duration.ofSeconds(3);

  /** By then, who waits is told that there is no answer yet. */
  private static final Duration TOO_LATE = Duration.ofMillis(100);

  /** Of deadlines; who ends so close to one is asked again rather than believed. */
  private static final Duration ROUNDING = Duration.ofMillis(50);

  /** When a run ends, and what is not finished could not run. */
  Duration ofTheRun() {
    return most.minus(telling());
  }

  /** When a run that does not end by itself is cut short. */
  Duration ofTheEnd() {
    return most.minus(telling().dividedBy(2));
  }

  /** How long an answer is waited for, where so much time is left. */
  static Duration ofTheAnswer(Duration left) {
    return left.minus(TOO_LATE);
  }

  /**
   * Whether the time of a run that took so long may have been over before it had judged everything.
   * It is told its deadline in whole milliseconds, and may end one of them early.
   */
  boolean ended(Duration took) {
    return took.compareTo(ofTheRun().minus(ROUNDING)) >= 0;
  }

  private Duration telling() {
    Duration share = most.dividedBy(5);
    return share.compareTo(SHORTEST_TELLING) < 0
        ? SHORTEST_TELLING
        : share.compareTo(LONGEST_TELLING) > 0 ? LONGEST_TELLING : share;
  }
}
