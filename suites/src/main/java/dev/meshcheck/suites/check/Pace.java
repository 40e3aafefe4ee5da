package dev.meshcheck.suites.check;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Frame;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How the events of one stream came, judged by itself and by how long the shortest answer to the
 * same question takes. Only a stream that nothing else was in flight with can be held back;
 * whatever comes in pieces came in pieces.
 *
 * @param events how many
 * @param pauses how many of them came a pause behind the one before
 * @param firstMs when the first one was there, in milliseconds after sending
 * @param lastMs when the last one was there
 * @param shortMs how long an answer of one token took
 * @param lagMs how late this process was at worst meanwhile: so much later an event may have been
 *     read than it came
 */
public record Pace(
    int events, int pauses, double firstMs, double lastMs, double shortMs, double lagMs) {

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

  /** Events closer to each other, in milliseconds, came in one piece. */
  private static final double SHORTEST_PAUSE_MS = 1;

  /** One pause, or two, may be this process that was busy while it read. */
  private static final int ENOUGH_PAUSES = 3;

  /** So far apart, in milliseconds, a few pieces are pieces, too. */
  private static final double SURE_SPREAD_MS = 100;

  private static final double TOLD_LAG_MS = 5;

  /** An answer so short ends while a proxy may still collect packets. */
  private static final int FEWEST_TOKENS = 32;

  /** Streams that others were in flight with look slower than they are. */
  private static final double TELLING_WAITS = 8;

  /** How that stream came. */
  public static Pace of(Exchange stream, double shortMs, double lagMs) {
    List<Frame> frames = stream.reply() instanceof Answer answer ? answer.frames() : List.of();
    return frames.isEmpty()
        ? new Pace(0, 0, 0, 0, shortMs, lagMs)
        : new Pace(
            frames.size(),
            pauses(frames),
            frames.get(0).atMs(),
            frames.get(frames.size() - 1).atMs(),
            shortMs,
            lagMs);
  }

  private static int pauses(List<Frame> frames) {
    return (int)
        IntStream.range(1, frames.size())
            .filter(i -> frames.get(i).atMs() - frames.get(i - 1).atMs() >= SHORTEST_PAUSE_MS)
            .count();
  }

  /** Whether its events came one by one, or in several pieces at least. */
  public boolean inPieces() {
    boolean apart = pauses >= ENOUGH_PAUSES || (pauses > 0 && spread() >= SURE_SPREAD_MS);
    return apart && spread() > APART * lastMs && !heldBack();
  }

  /**
   * How many tokens an answer needs, at this pace, so that a client that gets it at its end waits
   * for long enough to tell.
   *
   * @param most more are not asked for
   */
  public int tokensToTell(int most) {
    double perEvent = lastMs / Math.max(1, events);
    int tokens = FEWEST_TOKENS;
    while (tokens < most && tokens * perEvent < TELLING_WAITS * SHORTEST_WAIT_MS) {
      tokens *= 2;
    }
    return Math.min(tokens, most);
  }

  /** Whether it kept the client waiting, and then came all at once. */
  public boolean heldBack() {
    return heldBack(lagMs);
  }

  /** Whether it seems held back, and cannot be told to be: this process was late while it read. */
  public boolean isSpoilt() {
    return heldBack(0) && !heldBack();
  }

  private boolean heldBack(double lateMs) {
    double waited = firstMs - shortMs;
    return events >= ENOUGH_EVENTS
        && waited >= SHORTEST_WAIT_MS
        && firstMs >= LATE * shortMs
        && spread() + lateMs <= TOGETHER * waited;
  }

  /** Whether it can be told how it came. */
  public boolean tells() {
    return inPieces() || heldBack(0);
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
