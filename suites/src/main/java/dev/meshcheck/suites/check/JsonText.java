package dev.meshcheck.suites.check;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.meshcheck.reports.outcome.Reason;
import java.io.IOException;
import java.util.regex.Pattern;

/** Texts of a model that should be one JSON document, and may have been cut by a limit. */
public final class JsonText {

  /** A number or a literal such as {@code true} that the cut may have gone through. */
  private static final Pattern LAST_WORD =
      Pattern.compile("(?<![a-z0-9.+-])(?:tr?u?|fa?l?s?|nu?l?|[-+.eE0-9]{1,24})\\z");

  private JsonText() {}

  /** Whether the text is one whole JSON document. */
  public static boolean isWhole(String text) {
    try {
      Json unused = Json.parse("a text", text);
      return true;
    } catch (Failure e) {
      return false;
    }
  }

  /** Whether more text could make it one JSON document; an empty text can become anything. */
  public static boolean isBeginning(String text) {
    String sure = LAST_WORD.matcher(text).replaceFirst("");
    try (JsonParser parser = Json.MAPPER.createParser(sure)) {
      return isOneDocument(parser);
    } catch (JsonEOFException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isOneDocument(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      return true;
    }
    // Where it is not closed, this says that the text ends too early.
    parser.skipChildren();
    return parser.nextToken() == null;
  }

  /**
   * Fails where a text that a limit cut can never become JSON: the limit is no excuse for that.
   *
   * @param what what is looked at, as the subject of a sentence
   */
  public static void mustBeABeginning(String what, String text) {
    Expect.that(
        Reason.NOT_JSON,
        isBeginning(text),
        what + " was cut by its limit, and nothing behind it could make it JSON",
        "the beginning of a JSON document",
        text);
  }
}
