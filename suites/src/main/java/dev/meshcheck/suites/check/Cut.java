package dev.meshcheck.suites.check;

import java.util.List;
import java.util.Optional;

/**
 * Answers that their limit cut. They say nothing of what would have come next, on whichever route,
 * whole or streamed: a check that waits for it is not applicable.
 */
public final class Cut {

  private Cut() {}

  /** Whether the limit cut this answer of chat completions or responses. */
  public static boolean is(Json answer) {
    if (answer.at("/choices").present()) {
      return answer.at("/choices/0/finish_reason").node().asText().equals("length");
    }
    // Servers that call every response completed still tell how much of the limit was used.
    Optional<Long> used = whole(answer.at("/usage/output_tokens"));
    return answer.at("/status").node().asText().equals("incomplete")
        || (used.isPresent() && used.equals(whole(answer.at("/max_output_tokens"))));
  }

  private static Optional<Long> whole(Json number) {
    return number.node().isIntegralNumber() ? Optional.of(number.integer()) : Optional.empty();
  }

  /**
   * The answer, where it came to its own end.
   *
   * @throws Inapplicable where its limit cut it
   */
  public static Json isNot(Json answer) {
    if (is(answer)) {
      throw new Inapplicable("the answer was cut by its limit");
    }
    return answer;
  }

  /** Whether the limit cut one of the choices of this stream. */
  public static boolean is(List<Json> chunks) {
    return Streams.finishReasons(chunks).contains("length");
  }

  /**
   * The chunks of a stream that came to its own end.
   *
   * @throws Inapplicable where its limit cut one of its choices
   */
  public static List<Json> isNot(List<Json> chunks) {
    if (is(chunks)) {
      throw new Inapplicable("the stream was cut by its limit");
    }
    return chunks;
  }
}
