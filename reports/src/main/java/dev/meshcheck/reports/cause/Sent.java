package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.JsonText;
import java.util.Optional;
import java.util.regex.Pattern;

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

  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** Whether that text has the form of a UUID. */
  static boolean isUuid(String text) {
    return UUID.matcher(text).matches();
  }

  static Sent key(Exchange exchange) {
    Optional<String> sent = exchange.request().headers().first("Authorization");
    Optional<String> right = exchange.target().key().map(key -> "Bearer " + key);
    if (sent.isEmpty()) {
      return NONE;
    }
    return sent.equals(right) ? CONFIGURED : UNKNOWN;
  }

  static Sent user(Exchange exchange) {
    Optional<String> sent = exchange.request().headers().first("X-User-Id");
    if (sent.isEmpty()) {
      return NONE;
    }
    if (sent.equals(exchange.target().userId())) {
      return CONFIGURED;
    }
    return isUuid(sent.get()) ? UNKNOWN : MALFORMED;
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
    return isUuid(sent.get()) ? MALFORMED : UNKNOWN;
  }
}
