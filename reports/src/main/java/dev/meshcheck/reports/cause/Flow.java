package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Frame;
import java.util.List;
import java.util.Optional;

/**
 * How a stream came.
 *
 * @param events how many
 * @param firstMs when the first one was there, in milliseconds after sending
 * @param lastMs when the last one was there
 * @param done whether {@code data: [DONE]} was among them
 * @param whole whether the connection was closed in the proper way
 */
public record Flow(int events, double firstMs, double lastMs, boolean done, boolean whole) {

  /** The stream that was asked for; a success without any event is an empty one. */
  static Optional<Flow> of(Exchange exchange, Answer answer) {
    List<Frame> frames = answer.frames();
    boolean hungUp = answer.ending() == Answer.Ending.HUNG_UP;
    if (!exchange.request().streamed() || !answer.successful() || hungUp) {
      return Optional.empty();
    }
    return Optional.of(
        new Flow(
            frames.size(),
            frames.isEmpty() ? 0 : frames.get(0).atMs(),
            frames.isEmpty() ? 0 : frames.get(frames.size() - 1).atMs(),
            frames.stream().anyMatch(f -> f.event().data().strip().equals("[DONE]")),
            answer.ending() == Answer.Ending.COMPLETE));
  }

  /** The time between the first event and the last. */
  public double spreadMs() {
    return lastMs - firstMs;
  }
}
