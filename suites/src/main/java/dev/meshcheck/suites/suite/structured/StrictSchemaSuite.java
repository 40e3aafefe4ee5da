package dev.meshcheck.suites.suite.structured;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Cut;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Schema;
import dev.meshcheck.suites.check.SkyColour;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Tools;
import dev.meshcheck.suites.check.Tries;
import java.util.List;
import java.util.regex.Pattern;

/** All that a strict schema promises, and not its types alone. */
public final class StrictSchemaSuite {

  /** Longer than anybody indents. */
  private static final Pattern RUN_OF_SPACE = Pattern.compile("\\s{64}");

  /**
   * Patterns, bounds, lengths and closed objects within closed objects: what engines that refuse
   * {@code allOf} take.
   */
  private static ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("code").put("type", "string").put("pattern", "^[A-Z]{3}-[0-9]{4}$");
    ObjectNode word = properties.putObject("word").put("type", "string");
    word.put("pattern", "^[a-z]+$").put("maxLength", 6);
    properties.putObject("clouds").put("type", "integer").put("minimum", 10).put("maximum", 20);
    ObjectNode colours = properties.putObject("colours").put("type", "array");
    colours.put("minItems", 2).put("maxItems", 3);
    colours.putObject("items").put("type", "string").putArray("enum").add("blue").add("white");
    ObjectNode place = properties.putObject("place").put("type", "object");
    place.putObject("properties").putObject("name").put("type", "string").put("maxLength", 12);
    place.putArray("required").add("name");
    place.put("additionalProperties", false);
    schema.putArray("required").add("code").add("word").add("clouds").add("colours").add("place");
    return schema.put("additionalProperties", false);
  }

  /** The same, and an object of two parts, as code generators write what inherits. */
  private static ObjectNode joined() {
    ObjectNode schema = schema();
    ArrayNode parts = ((ObjectNode) schema.get("properties")).putObject("wind").putArray("allOf");
    parts.add(part("from", oneOf("north", "south")));
    parts.add(part("force", JsonNodeFactory.instance.objectNode().put("type", "integer")));
    ((ArrayNode) schema.get("required")).add("wind");
    return schema;
  }

  private static ObjectNode part(String name, ObjectNode property) {
    ObjectNode part = JsonNodeFactory.instance.objectNode().put("type", "object");
    part.putObject("properties").set(name, property);
    part.putArray("required").add(name);
    return part;
  }

  private static Ask ask(Probe probe, ObjectNode schema) {
    return SkyColour.ask(probe)
        .with("messages", Probe.messages("user", "Describe the sky by day. Answer in JSON."))
        .with("response_format", SkyColour.format(schema))
        .with("max_tokens", Probe.ENOUGH_TOKENS);
  }

  /** A schema with one property, named colour. */
  private static ObjectNode ofColour(ObjectNode colour) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    schema.putObject("properties").set("colour", colour);
    schema.putArray("required").add("colour");
    return schema.put("additionalProperties", false);
  }

  private static ObjectNode oneOf(String... texts) {
    ObjectNode one = JsonNodeFactory.instance.objectNode().put("type", "string");
    ArrayNode all = one.putArray("enum");
    List.of(texts).forEach(all::add);
    return one;
  }

  private static void mustHold(Probe probe, Ask ask, ObjectNode schema, String ability) {
    Tries.untilGood(
        probe,
        ask,
        answered -> {
          Said.unlessRefused(answered, ability);
          Schema.mustHold("the schema that was sent", schema, Said.jsonContent(answered));
        });
  }

  @Check(
      id = "json.white-space-ends",
      title = "a structured answer does not fill its limit with white space",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_STRUCTURED,
      ifItFails = {
        "the grammar allows white space without end (xgrammar: max_whitespace_cnt), and a model that"
            + " may not say what it wants goes on with blanks"
      })
  void whiteSpaceEnds(Probe probe) {
    boolean joins = !ask(probe, joined()).send().isRefusedAsBad();
    Ask ask = ask(probe, joins ? joined() : schema());
    Json answer = Said.unlessRefused(ask, "patterns and bounds in a schema").json();
    String content = answer.at("/choices/0/message/content").optionalText().orElse("");
    Expect.that(
        Reason.WRONG_VALUE,
        !Cut.is(answer) || !RUN_OF_SPACE.matcher(content).find(),
        "the limit cut the content in a run of white space",
        "JSON, with white space between its parts at most",
        content);
  }

  @Check(
      id = "json.references-hold",
      title = "an enum that a strict schema refers to by $ref holds like one that stands there",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_STRUCTURED,
      ifItFails = {"the grammar backend takes what is behind a $ref for any value"},
      about = {Reason.SCHEMA_MISMATCH})
  void references(Probe probe) {
    ObjectNode reference = JsonNodeFactory.instance.objectNode().put("$ref", "#/$defs/hue");
    ObjectNode schema = ofColour(reference);
    schema.putObject("$defs").set("hue", oneOf("azure-4", "ivory-7"));
    Ask ask = SkyColour.ask(probe).with("response_format", SkyColour.format(schema));
    mustHold(probe, ask, schema, "$ref in a schema");
  }

  @Check(
      id = "json.enums-of-numbers-hold",
      title = "an enum of numbers in a strict schema holds like one of texts",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_STRUCTURED,
      ifItFails = {"the grammar backend knows enums of texts alone"},
      about = {Reason.SCHEMA_MISMATCH})
  void enumOfNumbers(Probe probe) {
    ObjectNode numbers = JsonNodeFactory.instance.objectNode();
    numbers.putArray("enum").add(41).add(42).add(43);
    ObjectNode schema = ofColour(numbers);
    Ask ask = SkyColour.ask(probe).with("response_format", SkyColour.format(schema));
    mustHold(probe, ask, schema, "an enum of numbers in a schema");
  }

  @Check(
      id = "json.other-scripts-hold",
      title = "other letters than ASCII in a strict schema come as they are, or escaped once",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_STRUCTURED,
      ifItFails = {"the grammar is made of the schema's ASCII form: the text holds a literal \\u"},
      about = {Reason.SCHEMA_MISMATCH})
  void otherScripts(Probe probe) {
    ObjectNode schema = ofColour(oneOf("\u9752", "gr\u00fcn"));
    Ask ask = SkyColour.ask(probe).with("response_format", SkyColour.format(schema));
    mustHold(probe, ask, schema, "other letters than ASCII in a schema");
  }

  @Check(
      id = "json.schema-holds-beside-tools",
      title = "a strict json_schema holds where the request offers a tool, too, or both is refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_STRUCTURED,
      ifItFails = {"the gateway drops response_format where there are tools"},
      about = {Reason.SCHEMA_MISMATCH})
  void besideTools(Probe probe) {
    mustHold(
        probe,
        SkyColour.ask(probe).with("tools", Tools.forChat()).with("max_tokens", Probe.ENOUGH_TOKENS),
        SkyColour.schema(),
        "json_schema beside tools");
  }

  @Check(
      id = "json.every-promise-holds",
      title =
          "patterns, lengths, bounds, sizes, allOf and closed inner objects of a strict schema hold",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_STRUCTURED,
      ifItFails = {
        "the grammar backend leaves out keywords that it does not know, and says nothing"
      },
      about = {Reason.SCHEMA_MISMATCH})
  void everyPromise(Probe probe) {
    // Who refuses a keyword is honest, and is asked for the others.
    boolean joins = !ask(probe, joined()).send().isRefusedAsBad();
    ObjectNode schema = joins ? joined() : schema();
    mustHold(probe, ask(probe, schema), schema, "patterns and bounds in a schema");
  }
}
