package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.JsonText;
import dev.meshcheck.reports.guidance.KeyUse;
import dev.meshcheck.reports.guidance.Probe;
import java.util.Optional;

/** What a request carried of one thing that requests differ in: a key, a user id, a model. */
public enum Sent {
  /** Nothing. */
  NONE,
  /** What is configured. */
  CONFIGURED,
  /** Something in a form that it cannot have, or, of a model, the form of a modelId. */
  MALFORMED,
  /** Something in the right form that nobody has. */
  UNKNOWN;

  static Sent key(Exchange exchange) {
    return switch (KeyUse.of(exchange)) {
      case NONE -> NONE;
      case CONFIGURED -> CONFIGURED;
      case OTHER -> UNKNOWN;
    };
  }

  static Sent user(Exchange exchange) {
    Optional<String> sent = exchange.request().headers().first("X-User-Id");
    if (sent.isEmpty()) {
      return NONE;
    }
    if (sent.equals(exchange.target().userId())) {
      return CONFIGURED;
    }
    return Probe.isUuid(sent.get()) ? UNKNOWN : MALFORMED;
  }

  static Sent model(Exchange exchange) {
    Optional<String> sent =
        exchange
            .request()
            .body()
            .map(JsonText::read)
            .map(body -> body.path("model").asText(""))
            .filter(model -> !model.isEmpty());
    if (sent.isEmpty()) {
      return NONE;
    }
    if (sent.equals(exchange.target().model())) {
      return CONFIGURED;
    }
    return Probe.isUuid(sent.get()) ? MALFORMED : UNKNOWN;
  }
}
