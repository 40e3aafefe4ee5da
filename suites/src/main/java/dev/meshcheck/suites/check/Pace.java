package dev.meshcheck.suites.check;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Frame;
import java.util.List;
import java.util.Locale;

/**
 * How the events of one stream came, judged by itself and by how long the shortest answer to the
 * same question takes. Only a stream that nothing else was in flight with can be held back;
 * whatever comes in pieces came in pieces.
 *
 * @param events how many
 * @param firstMs when the first one was there, in milliseconds after sending
 * @param lastMs when the last one was there
 * @param shortMs how long an answer of one token took
 * @param lagMs how late this process was at worst meanwhile: so much later an event may have been
 *     read than it came
 */
public record Pace(int events, double firstMs, double lastMs, double shortMs, double lagMs) {

  /** Fewer events than this say nothing about how a stream arrives. */
  public static final int ENOUGH_EVENTS = 8;

  /**
   * A wait that is shorter, in milliseconds, may be a proxy's that collects small packets for some
   * 200 ms, as HAProxy does unless told {@code option http-no-delay}: it holds back no stream.
   */
  private static final double SHORTEST_WAIT_MS = 250;

  /** A first event that comes no later than that many short answers is not late. */
  private static final double LATE = 2;

  /** Below this share of the wait, all events came together. */
  private static final double TOGETHER = 0.08;

  /** From this share of the whole time on, they did not. */
  private static final double APART = 0.1;

  private static final double SHORTEST_SPREAD_MS = 1;

  private static final double TOLD_LAG_MS = 5;

  /** How that stream came. */
  public static Pace of(Exchange stream, double shortMs, double lagMs) {
    List<Frame> frames = stream.reply() instanceof Answer answer ? answer.frames() : List.of();
    return frames.isEmpty()
        ? new Pace(0, 0, 0, shortMs, lagMs)
        : new Pace(
            frames.size(),
            frames.get(0).atMs(),
            frames.get(frames.size() - 1).atMs(),
            shortMs,
            lagMs);
  }

  /** Whether its events came one by one, or in several pieces at least. */
  public boolean inPieces() {
    return events > 1 && spread() > APART * lastMs && spread() >= SHORTEST_SPREAD_MS && !heldBack();
  }

  /** Whether it kept the client waiting, and then came all at once. */
  public boolean heldBack() {
    double waited = firstMs - shortMs;
    return events >= ENOUGH_EVENTS
        && waited >= SHORTEST_WAIT_MS
        && firstMs >= LATE * shortMs
        && spread() + lagMs <= TOGETHER * waited;
  }

  private double spread() {
    return lastMs - firstMs;
  }

  /** What was seen, in words. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d events between %.0f and %.0f ms; an answer of one token takes %.0f ms%s",
        events,
        firstMs,
        lastMs,
        shortMs,
        lagMs > TOLD_LAG_MS
            ? String.format(Locale.ROOT, "; this machine lags by %.0f ms", lagMs)
            : "");
  }
}
