package dev.meshcheck.reports.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.meshcheck.fixtures.exchange.JsonLimits;

/** Bodies as people read them: JSON indented, control characters written out, long ones cut. */
public final class PrettyBody {

  private static final ObjectMapper JSON = JsonLimits.mapper().build();

  private static final ObjectWriter INDENTED =
      JSON.writer(
          new DefaultPrettyPrinter(
                  Separators.createDefaultInstance()
                      .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
              .withObjectIndenter(new DefaultIndenter("  ", "\n"))
              .withArrayIndenter(new DefaultIndenter("  ", "\n")));

  private PrettyBody() {}

  /** The body, at most that many characters of it. */
  public static String of(String body, int longest) {
    return shortened(Plain.text(indented(body)), longest);
  }

  /** The data of an event on one line, at most that many characters of it. */
  public static String line(String data, int longest) {
    return shortened(Plain.text(data), longest);
  }

  /** The body, indented where it is JSON; as it is where it is not. */
  public static String indented(String body) {
    String start = body.stripLeading();
    if (!start.startsWith("{") && !start.startsWith("[")) {
      return body;
    }
    try {
      JsonNode tree = JSON.readTree(body);
      return tree == null ? body : INDENTED.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      return body;
    }
  }

  private static String shortened(String text, int longest) {
    return text.length() <= longest
        ? text
        : Plain.shortened(text, longest)
            + "\n… "
            + (text.length() - longest)
            + " more characters"
            + " in report.json";
  }
}
