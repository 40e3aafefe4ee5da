package dev.meshcheck.suites.suite.structured;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Schema;
import dev.meshcheck.suites.check.SkyColour;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Tries;

/** All that a strict schema promises, and not its types alone. */
public final class StrictSchemaSuite {

  /** Patterns, bounds, lengths and closed objects within closed objects. */
  private static ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("code").put("type", "string").put("pattern", "^[A-Z]{3}-[0-9]{4}$");
    properties.putObject("clouds").put("type", "integer").put("minimum", 10).put("maximum", 20);
    ObjectNode colours = properties.putObject("colours").put("type", "array");
    colours.put("minItems", 2).put("maxItems", 3);
    colours.putObject("items").put("type", "string").putArray("enum").add("blue").add("white");
    ObjectNode place = properties.putObject("place").put("type", "object");
    place.putObject("properties").putObject("name").put("type", "string").put("maxLength", 12);
    place.putArray("required").add("name");
    place.put("additionalProperties", false);
    schema.putArray("required").add("code").add("clouds").add("colours").add("place");
    return schema.put("additionalProperties", false);
  }

  private static Ask ask(Probe probe) {
    return SkyColour.ask(probe)
        .with("messages", Probe.messages("user", "Describe the sky by day. Answer in JSON."))
        .with("response_format", SkyColour.format(schema()))
        .with("max_tokens", Probe.ENOUGH_TOKENS);
  }

  @Check(
      id = "json.every-promise-holds",
      title = "patterns, bounds, sizes and closed inner objects of a strict schema hold too",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_STRUCTURED,
      ifItFails = {
        "the grammar backend leaves out keywords that it does not know, and says nothing"
      })
  void everyPromise(Probe probe) {
    Tries.of(
        probe,
        ask(probe),
        answered -> {
          Said.unlessRefused(answered, "patterns and bounds in a schema");
          Json content = Json.parse("the content", Said.content(answered));
          Schema.mustHold("the schema that was sent", schema(), content);
        });
  }
}
