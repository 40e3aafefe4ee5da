package dev.meshcheck.reports.guidance;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a body looks like, whatever its media type says. */
public enum BodyShape {
  JSON,
  HTML,
  STREAM,
  TEXT,
  EMPTY;

  /** What stands in a text for bytes that are no UTF-8. */
  private static final char NO_CHARACTER = '\uFFFD';

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
      return parses(answer) ? JSON : TEXT;
    }
    return answer.mediaType().equals("text/html") && head.startsWith("<") ? HTML : TEXT;
  }

  /** Others read the text, so most often it is read already; bytes that are none are looked at. */
  private static boolean parses(Answer answer) {
    boolean isText = answer.text().indexOf(NO_CHARACTER) < 0;
    return (isText && !JsonText.read(answer.text()).isMissingNode())
        || JsonText.problem(answer.body()).isEmpty();
  }

  /** The kebab-case name, as in guidance.yaml. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
