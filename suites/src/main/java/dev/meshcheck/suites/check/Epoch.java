package dev.meshcheck.suites.check;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;

import java.time.Duration;
import java.time.Instant;

/** Times as the API writes them: seconds since 1970. */
public final class Epoch {

  /** July 2017, before the first of these servers was written. */
  private static final long EARLIEST = 1_500_000_000L;

  private Epoch() {}

  /**
   * Fails where a time that is there is no plausible number of seconds. OpenAI's created_at is a
   * number, so it may have a fraction; where it must be an integer, the shape says so.
   */
  public static void mustBeSeconds(Json time) {
    long tomorrow = Instant.now().plus(Duration.ofDays(1)).getEpochSecond();
    if (time.present()) {
      long seconds = time.node().isFloatingPointNumber() ? (long) time.number() : time.integer();
      Expect.that(
          time.place() + " in seconds", seconds, allOf(greaterThan(EARLIEST), lessThan(tomorrow)));
    }
  }
}
