package dev.meshcheck.reports.guidance;

import dev.meshcheck.fixtures.exchange.Exchange;
import java.util.Optional;

/** Which credential a request carried. */
public enum KeyUse {
  /** None at all. */
  NONE,
  /** The one that is configured. */
  CONFIGURED,
  /** A wrong key, a key of another surface, or the right key in the wrong form. */
  OTHER;

  /** What that request carried. */
  public static KeyUse of(Exchange exchange) {
    Optional<String> sent = exchange.request().headers().first("Authorization");
    if (sent.isEmpty()) {
      return NONE;
    }
    Optional<String> right = exchange.target().key().map(key -> "Bearer " + key);
    return sent.equals(right) ? CONFIGURED : OTHER;
  }
}
