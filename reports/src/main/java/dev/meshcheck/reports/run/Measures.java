package dev.meshcheck.reports.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Frame;
import dev.meshcheck.fixtures.exchange.JsonText;
import dev.meshcheck.fixtures.exchange.Timings;
import dev.meshcheck.fixtures.exchange.TokenCost;
import dev.meshcheck.reports.performance.Speed;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Reads from an exchange what it cost, when its first text came, and who answered. */
public final class Measures {

  private Measures() {}

  /** The tokens that a successful answer reports; 0 where it reports none. */
  public static long tokens(Exchange exchange) {
    return TokenCost.told(exchange.reply()).orElse(0);
  }

  /** When the first text of a stream came, in milliseconds after sending. */
  public static OptionalDouble firstTokenMs(Exchange exchange) {
    if (!(exchange.reply() instanceof Answer answer)) {
      return OptionalDouble.empty();
    }
    return answer.frames().stream()
        .filter(f -> bringsText(JsonText.read(f.event().data())))
        .mapToDouble(Frame::atMs)
        .findFirst();
  }

  /** How fast a whole stream with some text was; empty where it is none. */
  public static Optional<Speed> speed(Exchange exchange) {
    if (!(exchange.reply() instanceof Answer answer)
        || answer.status() != 200
        || answer.ending() != Answer.Ending.COMPLETE) {
      return Optional.empty();
    }
    List<Double> texts =
        answer.frames().stream()
            .filter(f -> bringsText(JsonText.read(f.event().data())))
            .map(Frame::atMs)
            .toList();
    if (texts.isEmpty()) {
      return Optional.empty();
    }
    Timings timings = exchange.timings();
    double opening =
        Stream.of(timings.dns(), timings.connect(), timings.tls())
            .mapToDouble(phase -> phase.orElse(0))
            .sum();
    return Optional.of(
        new Speed(
            exchange.request().attempt(),
            ChronoUnit.MICROS.between(Instant.EPOCH, exchange.startedAt()) / 1e3,
            timings.total(),
            texts.get(0) - opening,
            texts.get(texts.size() - 1) - opening,
            told(answer)));
  }

  /** The tokens of the answer alone, which the last event that has them tells. */
  private static OptionalLong told(Answer answer) {
    return answer.frames().stream()
        .map(f -> JsonText.read(f.event().data()).at("/usage/completion_tokens"))
        .filter(JsonNode::isIntegralNumber)
        .mapToLong(JsonNode::longValue)
        .filter(tokens -> tokens > 0)
        .reduce((earlier, later) -> later);
  }

  /** The {@code version} of a version answer. */
  static Optional<String> version(Answer answer) {
    JsonNode version = JsonText.read(answer.text()).path("version");
    return version.isTextual() && version.textValue().length() <= 200
        ? Optional.of(version.textValue())
        : Optional.empty();
  }

  private static boolean bringsText(JsonNode event) {
    JsonNode delta = event.at("/choices/0/delta");
    return Stream.of(
            delta.path("content"),
            delta.path("reasoning_content"),
            delta.path("reasoning"),
            event.at("/choices/0/text"),
            // A typed event of /v1/responses carries its text as "delta".
            event.path("delta"))
        .anyMatch(text -> text.isTextual() && !text.textValue().isEmpty());
  }
}
