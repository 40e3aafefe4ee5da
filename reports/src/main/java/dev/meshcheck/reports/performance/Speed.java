package dev.meshcheck.reports.performance;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How fast one whole stream was; times are milliseconds.
 *
 * @param attempt which sending of its prompt it was, from 1 on
 * @param from when it was sent, on the clock of this machine
 * @param took from sending to the last byte
 * @param firstToken from sending to the first text, without what opening the connection took
 * @param lastToken from sending to the last text, likewise
 * @param tokens of the answer, where the stream tells them
 */
public record Speed(
    int attempt,
    double from,
    double took,
    double firstToken,
    double lastToken,
    OptionalLong tokens) {

  /** Text that comes closer together than this came at once, and has no speed. */
  private static final double SHORTEST_SPREAD = 1;

  double to() {
    return from + took;
  }

  /** Tokens per second behind the first one; none where that cannot be told. */
  OptionalDouble tokensPerSecond() {
    double spread = lastToken - firstToken;
    return tokens.isPresent() && tokens.getAsLong() > 1 && spread >= SHORTEST_SPREAD
        ? OptionalDouble.of((tokens.getAsLong() - 1) * 1000 / spread)
        : OptionalDouble.empty();
  }
}
