package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.exchange.Memo;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Dates as HTTP writes them. */
final class HttpDates {

  /** Answers of the same second have the same. */
  private static final Memo<String, Optional<Instant>> READ = Memo.ofTexts(HttpDates::read);

  private HttpDates() {}

  static Optional<Instant> parse(String text) {
    return READ.about(text);
  }

  private static Optional<Instant> read(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
