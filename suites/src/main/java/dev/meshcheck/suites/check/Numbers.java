package dev.meshcheck.suites.check;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.meshcheck.fixtures.exchange.JsonLimits;
import java.io.IOException;
import java.util.Optional;

/**
 * Looks for numbers beyond the range of a double: JavaScript and Python read infinity, Go, Rust and
 * strict parsers refuse the whole document, see https://www.rfc-editor.org/rfc/rfc8259#section-6.
 */
public final class Numbers {

  private static final ObjectMapper JSON = JsonLimits.mapper().build();

  /** Of a number of hundreds of digits, enough to find it. */
  private static final int LONGEST = 24;

  private Numbers() {}

  /** The first such number as it is written; empty where there is none, or no JSON. */
  public static Optional<String> beyondDouble(byte[] document) {
    try (JsonParser parser = JSON.createParser(document)) {
      for (JsonToken at = parser.nextToken(); at != null; at = parser.nextToken()) {
        if (at.isNumeric() && Double.isInfinite(parser.getDoubleValue())) {
          String written = parser.getText();
          return Optional.of(
              written.length() <= LONGEST ? written : written.substring(0, LONGEST) + "…");
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      // No JSON, or beyond the limits, which is for whoever judges the body.
      return Optional.empty();
    }
  }
}
