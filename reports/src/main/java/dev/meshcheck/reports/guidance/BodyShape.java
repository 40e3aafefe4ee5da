package dev.meshcheck.reports.guidance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a body looks like, whatever its media type says. */
public enum BodyShape {
  JSON,
  HTML,
  STREAM,
  TEXT,
  EMPTY;

  private static final ObjectMapper MAPPER = JsonLimits.mapper().build();

  /** The shape of that answer's body. */
  public static BodyShape of(Answer answer) {
    if (answer.body().length == 0) {
      return EMPTY;
    }
    if (!answer.frames().isEmpty() || answer.mediaType().equals("text/event-stream")) {
      return STREAM;
    }
    // The beginning is enough to tell HTML; a page of megabytes need not be decoded.
    String head =
        new String(answer.body(), 0, Math.min(answer.body().length, 512), StandardCharsets.UTF_8)
            .stripLeading()
            .toLowerCase(Locale.ROOT);
    if (head.isEmpty()) {
      return EMPTY;
    }
    if (head.startsWith("<!doctype html") || head.startsWith("<html")) {
      return HTML;
    }
    if (head.startsWith("{") || head.startsWith("[")) {
      return parses(answer.body()) ? JSON : TEXT;
    }
    return answer.mediaType().equals("text/html") && head.startsWith("<") ? HTML : TEXT;
  }

  private static boolean parses(byte[] body) {
    try {
      MAPPER.readTree(body);
      return true;
    } catch (JsonProcessingException e) {
      return false;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The kebab-case name, as in guidance.yaml. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
