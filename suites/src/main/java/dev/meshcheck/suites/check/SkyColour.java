package dev.meshcheck.suites.check;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The structured answer that checks of either route ask for: the colour of the sky. */
public final class SkyColour {

  private SkyColour() {}

  /** An enum, a required field and no others: what a grammar must enforce. */
  public static ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode colour = schema.putObject("properties").putObject("colour").put("type", "string");
    colour.putArray("enum").add("blue").add("green").add("red");
    schema.putArray("required").add("colour");
    return schema.put("additionalProperties", false);
  }
}
