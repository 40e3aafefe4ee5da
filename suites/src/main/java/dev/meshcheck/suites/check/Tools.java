package dev.meshcheck.suites.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meshcheck.reports.outcome.Reason;
import java.util.List;
import java.util.Map;

/** The functions that checks offer, in the form of either route, and what calls of them must be. */
public final class Tools {

  /** Whoever is asked for the weather has one thing to do. */
  public static final String WEATHER_QUESTION = "What is the weather in Paris? Use the tool.";

  /** The name of a function with one parameter. */
  public static final String GET_WEATHER = "get_weather";

  /** The name of a function without parameters. */
  public static final String GET_TIME = "get_time";

  /** The name of a function with parameters of three types. */
  public static final String SAVE_NOTE = "save_note";

  private static final String WEATHER = "Returns the current weather of a city.";
  private static final String TIME = "Returns the current time of the server.";

  /** Room for a thought and a call, or for an answer in words that ends by itself. */
  private static final int TOKENS = Probe.ENOUGH_TOKENS;

  private Tools() {}

  /** A question that the weather tool answers, and the tool. */
  public static Ask ask(Probe probe) {
    return probe.chat(WEATHER_QUESTION).with("tools", forChat()).with("max_tokens", TOKENS);
  }

  /** The parameters of {@link #GET_WEATHER}. */
  public static ObjectNode weatherSchema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode city = schema.putObject("properties").putObject("city");
    city.put("type", "string").put("description", "the name of the city");
    schema.putArray("required").add("city");
    return schema.put("additionalProperties", false);
  }

  private static ObjectNode noParameters() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    schema.putObject("properties");
    schema.putArray("required");
    return schema.put("additionalProperties", false);
  }

  /** The weather tool as /v1/chat/completions takes it. */
  public static ArrayNode forChat() {
    return nested(GET_WEATHER, WEATHER, weatherSchema());
  }

  /** A tool without parameters as /v1/chat/completions takes it. */
  public static ArrayNode timeForChat() {
    return nested(GET_TIME, TIME, noParameters());
  }

  /** A tool that does not say that it has no parameters, as the API allows it. */
  public static ArrayNode silentForChat() {
    ArrayNode tools = timeForChat();
    ((ObjectNode) tools.get(0).path("function")).remove("parameters");
    return tools;
  }

  /**
   * The weather tool with a second parameter that may be null, as generators of schemas write it.
   */
  public static ArrayNode withUnionForChat() {
    ObjectNode schema = weatherSchema();
    ObjectNode unit = ((ObjectNode) schema.path("properties")).putObject("unit");
    unit.putArray("type").add("string").add("null");
    return nested(GET_WEATHER, WEATHER, schema);
  }

  /**
   * The weather tool with a second parameter that refers to a definition and may be null, with
   * titles and a default, as pydantic and zod write it.
   */
  public static ObjectNode generatedSchema() {
    ObjectNode schema = weatherSchema().put("title", "Weather");
    schema.putObject("$defs").putObject("Unit").put("title", "Unit").put("type", "string");
    ((ObjectNode) schema.at("/$defs/Unit")).putArray("enum").add("celsius").add("fahrenheit");
    ObjectNode unit = ((ObjectNode) schema.path("properties")).putObject("unit");
    unit.putArray("anyOf").addObject().put("$ref", "#/$defs/Unit");
    ((ArrayNode) unit.path("anyOf")).addObject().put("type", "null");
    unit.putNull("default");
    ((ArrayNode) schema.path("required")).add("unit");
    return schema;
  }

  /** The tool with that schema. */
  public static ArrayNode generatedForChat() {
    return nested(GET_WEATHER, WEATHER, generatedSchema());
  }

  /** A tool that takes a text, a whole number and a truth value: one of them each. */
  public static ArrayNode noteForChat(String text) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("text").put("type", "string").putArray("enum").add(text);
    properties.putObject("line").put("type", "integer");
    properties.putObject("overwrite").put("type", "boolean");
    ObjectNode place = properties.putObject("place").put("type", "object");
    place.putObject("properties").putObject("page").put("type", "integer");
    place.putArray("required").add("page");
    place.put("additionalProperties", false);
    schema.putArray("required").add("text").add("line").add("overwrite").add("place");
    schema.put("additionalProperties", false);
    return nested(SAVE_NOTE, "Saves a note in a file.", schema);
  }

  /** A tool that takes the id of a ticket, which is that one. */
  public static ArrayNode ticketForChat(long id) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode ticket = schema.putObject("properties").putObject("id").put("type", "integer");
    ticket.putArray("enum").add(id);
    schema.putArray("required").add("id");
    schema.put("additionalProperties", false);
    return nested("open_ticket", "Opens a ticket.", schema);
  }

  /** The weather tool with another description. */
  public static ArrayNode described(String description) {
    return nested(GET_WEATHER, description, weatherSchema());
  }

  /** The weather tool under another name. */
  public static ArrayNode weatherNamed(String name) {
    return nested(name, WEATHER, weatherSchema());
  }

  private static ArrayNode nested(String name, String description, ObjectNode parameters) {
    ArrayNode tools = JsonNodeFactory.instance.arrayNode();
    ObjectNode function = tools.addObject().put("type", "function").putObject("function");
    function.put("name", name).put("description", description).set("parameters", parameters);
    return tools;
  }

  /** The weather tool as /v1/responses takes it; Tensormesh asks for a boolean strict. */
  public static ArrayNode forResponses() {
    return flat(GET_WEATHER, WEATHER, weatherSchema());
  }

  /** A tool without parameters as /v1/responses takes it. */
  public static ArrayNode timeForResponses() {
    return flat(GET_TIME, TIME, noParameters());
  }

  private static ArrayNode flat(String name, String description, ObjectNode parameters) {
    ArrayNode tools = JsonNodeFactory.instance.arrayNode();
    ObjectNode tool = tools.addObject().put("type", "function").put("name", name);
    tool.put("description", description).put("strict", true).set("parameters", parameters);
    return tools;
  }

  /** The choice of one function on /v1/chat/completions. */
  public static Map<String, Object> named(String name) {
    return Map.of("type", "function", "function", Map.of("name", name));
  }

  /** The tool calls of a chat answer; absent, null and empty are the same. */
  public static List<Json> callsOf(Json answer) {
    return answer.at("/choices/0/message/tool_calls").optionalItems();
  }

  /** The calls of a response. */
  public static List<Json> callItems(Json response) {
    return Said.itemsOf(response, "function_call");
  }

  /** Fails unless the arguments are JSON in a string, and fit the parameters of the tool. */
  public static void mustFit(Json arguments, ObjectNode schema) {
    Schema.mustHold("the parameters that were sent", schema, parsed(arguments));
  }

  /** The arguments, which are a JSON object in a string. */
  public static Json parsed(Json arguments) {
    return Json.parse(arguments.place(), arguments.text()).object();
  }

  /**
   * Fails where the weather of Paris is asked for once more in answer to its result: whoever does
   * that was not shown the result.
   */
  public static void mustNotBeCalledAgain(List<Json> calls) {
    Expect.that(
        Reason.WRONG_VALUE,
        calls.stream().noneMatch(call -> call.toString().contains("Paris")),
        "the model calls the tool again whose result it was sent",
        "an answer that takes up the result",
        calls.toString());
  }

  /** Fails unless something was called. */
  public static void mustCall(List<Json> calls, Json answer) {
    Expect.that(
        Reason.WRONG_VALUE,
        !calls.isEmpty(),
        "the model was asked to use the tool and called none",
        "a tool call",
        answer.at("/choices/0/message").present()
            ? answer.at("/choices/0/message").toString()
            : answer.at("/output").toString());
  }
}
