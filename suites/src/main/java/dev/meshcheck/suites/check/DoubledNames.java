package dev.meshcheck.suites.check;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.meshcheck.fixtures.exchange.JsonLimits;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Looks for members of one name in one object, of which readers take the first or the last. */
public final class DoubledNames {

  private static final ObjectMapper JSON = JsonLimits.mapper().build();

  private DoubledNames() {}

  /** The first name that is there twice; empty where there is none, or no JSON. */
  public static Optional<String> in(byte[] document) {
    Deque<Set<String>> open = new ArrayDeque<>();
    try (JsonParser parser = JSON.createParser(document)) {
      for (JsonToken at = parser.nextToken(); at != null; at = parser.nextToken()) {
        switch (at) {
          case START_OBJECT -> open.push(new HashSet<>());
          case END_OBJECT -> open.pop();
          case FIELD_NAME -> {
            if (!open.element().add(parser.currentName())) {
              return Optional.of(parser.currentName());
            }
          }
          default -> {
            // A value.
          }
        }
      }
      return Optional.empty();
    } catch (JsonParseException e) {
      return Optional.empty();
    } catch (IOException e) {
      // Beyond the limits, which is for whoever judges the body.
      return Optional.empty();
    }
  }
}
