package dev.meshcheck.suites.check;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The structured answer that checks of either route ask for: the colour of the sky. */
public final class SkyColour {

  private static final String QUESTION = "Which colour has the sky by day? Answer in JSON.";

  /** Room for a thought and a small object. */
  private static final int TOKENS = 128;

  private SkyColour() {}

  /** The question on chat completions, with the schema. */
  public static Ask ask(Probe probe) {
    return probe
        .chat(QUESTION)
        .with("response_format", format(schema()))
        .with("max_tokens", TOKENS);
  }

  /** A strict response_format of that schema. */
  public static Object format(ObjectNode schema) {
    return Map.of(
        "type",
        "json_schema",
        "json_schema",
        Map.of("name", "sky", "schema", schema, "strict", true));
  }

  /** An enum, a required field and no others: what a grammar must enforce. */
  public static ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode colour = schema.putObject("properties").putObject("colour").put("type", "string");
    colour.putArray("enum").add("blue").add("green").add("red");
    schema.putArray("required").add("colour");
    return schema.put("additionalProperties", false);
  }

  /** A question that a strict schema lets be answered with that word alone. */
  public static Ask asOnly(Probe probe, String word) {
    ObjectNode schema = schema();
    ((ObjectNode) schema.at("/properties/colour")).putArray("enum").add(word);
    return probe
        .chat("Which colour is \"" + word + "\"? Answer in JSON.")
        .with("response_format", format(schema))
        .with("max_tokens", TOKENS);
  }
}
