package dev.meshcheck.suites.suite.structured;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Cut;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.JsonText;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Refusals;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Schema;
import dev.meshcheck.suites.check.SkyColour;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Streams;
import dev.meshcheck.suites.check.Tries;
import dev.meshcheck.suites.check.Usage;
import java.util.List;
import java.util.Map;

/** The {@code response_format} of POST /v1/chat/completions. */
public final class StructuredOutputSuite {

  private static Ask ask(Probe probe, Object format) {
    return SkyColour.ask(probe).with("response_format", format);
  }

  private static Ask object(Probe probe) {
    return ask(probe, Map.of("type", "json_object"));
  }

  private static Ask strict(Probe probe) {
    return SkyColour.ask(probe);
  }

  @Check(
      id = "json.object-is-taken",
      title = "response_format json_object is answered with 200",
      level = SHOULD,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"the server runs without a structured-output backend"})
  void objectIsTaken(Probe probe) {
    object(probe).send().mustBe(200);
  }

  @Check(
      id = "json.object-is-an-object",
      title = "with response_format json_object the content is a JSON object",
      level = SHOULD,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"the gateway drops response_format", "the content is wrapped in a code fence"},
      about = {Reason.SCHEMA_MISMATCH})
  void objectIsAnObject(Probe probe) {
    Tries.of(
        probe,
        object(probe),
        answered -> Said.jsonContent(Said.unlessRefused(answered, "json_object")).object());
  }

  @Check(
      id = "json.object-is-not-empty",
      title = "with response_format json_object a question is not answered with {} every time",
      level = SHOULD,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {
        "json_object is handed on as a schema without members, which {} fits as well as an answer",
        "the model has to think first, and the grammar leaves it no room"
      })
  void objectIsNotEmpty(Probe probe) {
    Tries.untilGood(
        probe,
        object(probe),
        answered -> {
          Answered given = Said.unlessRefused(answered, "json_object");
          Json content = Given.that(() -> Said.jsonContent(given).object());
          Expect.that(
              Reason.WRONG_VALUE,
              !content.node().isEmpty(),
              "the JSON object that answers the question has no member",
              "an object with the answer",
              content.toString());
        });
  }

  @Check(
      id = "json.object-is-an-object-in-streams",
      title = "with response_format json_object a streamed content is a JSON object, too",
      level = SHOULD,
      route = CHAT,
      source = Sources.CHAT,
      pack = Pack.FULL,
      ifItFails = {"response_format is dropped where an answer is streamed"},
      about = {Reason.SCHEMA_MISMATCH})
  void objectIsAnObjectInStreams(Probe probe) {
    Given.that(() -> objectIsAnObject(probe));
    Tries.untilGood(
        probe,
        object(probe).asStream(),
        answered -> {
          List<Json> chunks = Cut.isNot(Given.chunks(Said.unlessRefused(answered, "json_object")));
          String content = Streams.contentOf(chunks, "/delta/content");
          if (content.isBlank()) {
            throw new Inapplicable("the stream has no content");
          }
          Json.parse("the streamed content", content).object();
        });
  }

  @Check(
      id = "json.schema-is-taken",
      title = "response_format json_schema is answered with 200",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_STRUCTURED,
      ifItFails = {"the server runs without a structured-output backend"})
  void schemaIsTaken(Probe probe) {
    strict(probe).send().mustBe(200);
  }

  @Check(
      id = "json.schema-holds",
      title = "with a strict json_schema a content that was not cut has the asked shape",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_STRUCTURED,
      ifItFails = {
        "the gateway drops response_format",
        "structured output is switched off while the model reasons",
        "a reasoning parser is set for a model that never ends its thinking: the grammar never starts"
      },
      about = {Reason.SCHEMA_MISMATCH})
  void schemaHolds(Probe probe) {
    Answered answered = Said.unlessRefused(strict(probe), "json_schema");
    Schema.mustHold("the schema that was sent", SkyColour.schema(), Said.jsonContent(answered));
  }

  @Check(
      id = "json.schema-holds-in-streams",
      title = "with a strict json_schema a streamed content that was not cut has the asked shape",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_STRUCTURED,
      ifItFails = {
        "a chunk is lost",
        "streams are generated without the grammar",
        "a reasoning parser is set for a model that never ends its thinking: the grammar never starts"
      },
      about = {Reason.SCHEMA_MISMATCH})
  void schemaHoldsInStreams(Probe probe) {
    Said.unlessRefused(strict(probe), "json_schema");
    List<Json> chunks = Given.stream(strict(probe)).chunks();
    String content = Streams.contentOf(chunks, "/delta/content");
    if (Cut.is(chunks)) {
      JsonText.mustBeABeginning("the streamed content", content);
    }
    Cut.isNot(chunks);
    if (content.isBlank()) {
      throw new Inapplicable("the stream has no content");
    }
    Schema.mustHold(
        "the schema that was sent",
        SkyColour.schema(),
        Json.parse("the streamed content", content));
  }

  @Check(
      id = "json.schema-holds-with-logprobs",
      title = "a strict json_schema holds where log probabilities are asked for as well",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_STRUCTURED,
      ifItFails = {
        "requests for log probabilities take a way through the server without a grammar"
      },
      about = {Reason.SCHEMA_MISMATCH})
  void schemaHoldsWithLogprobs(Probe probe) {
    Given.that(() -> schemaHolds(probe));
    Ask both = strict(probe).with("logprobs", true).with("top_logprobs", 2);
    Answered answered = Said.unlessRefused(both, "logprobs with a schema");
    Schema.mustHold("the schema that was sent", SkyColour.schema(), Said.jsonContent(answered));
  }

  @Check(
      id = "json.nested-schema-holds",
      title = "lists, numbers and objects within objects have the asked shape too",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_STRUCTURED,
      ifItFails = {"the grammar backend supports flat objects only"},
      about = {Reason.SCHEMA_MISMATCH})
  void nestedSchema(Probe probe) {
    ObjectNode inner = SkyColour.schema();
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("count").put("type", "integer");
    properties.putObject("skies").put("type", "array").set("items", inner);
    schema.putArray("required").add("count").add("skies");
    schema.put("additionalProperties", false);
    Tries.of(
        probe,
        ask(probe, SkyColour.format(schema)),
        answered ->
            Schema.mustHold(
                "the schema that was sent",
                schema,
                Said.jsonContent(Said.unlessRefused(answered, "json_schema"))));
  }

  @Check(
      id = "json.text-changes-nothing",
      title = "response_format text is answered like none",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"the gateway refuses every response_format"})
  void text(Probe probe) {
    Json answer =
        probe
            .chat(Basis.HELLO)
            .with("response_format", Map.of("type", "text"))
            .with("max_tokens", 4)
            .send()
            .mustBe(200)
            .json();
    Json plain = Basis.judge(probe, CHAT).json();
    Expect.that(
        "prompt_tokens with response_format text",
        Usage.given(answer.at("/usage")).prompt(),
        is(Usage.given(plain.at("/usage")).prompt()));
  }

  @Check(
      id = "json.refuses-no-schema",
      title = "json_schema without its schema is refused",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_STRUCTURED,
      ifItFails = {"the gateway drops response_format"},
      ifItBreaks = {"the request reaches the engine unchecked"})
  void noSchema(Probe probe) {
    ask(probe, Map.of("type", "json_schema"))
        .send()
        .mustBeRefusedAsBad("response_format has no schema");
  }

  @Check(
      id = "json.refuses-an-unknown-type",
      title = "a response_format of no known type is refused",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_STRUCTURED,
      ifItFails = {"the gateway drops response_format"})
  void unknownType(Probe probe) {
    ask(probe, Map.of("type", "meshcheck_unknown"))
        .send()
        .mustBeRefusedAsBad("the type of response_format is unknown");
  }

  @Check(
      id = "json.impossible-schema-is-no-server-error",
      title = "a schema that nothing can fit is answered or refused in time, never a 5xx",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_STRUCTURED,
      ifItBreaks = {"the grammar backend fails on the schema and takes the request down"})
  void impossibleSchema(Probe probe) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode number = schema.putObject("properties").putObject("n").put("type", "integer");
    number.put("minimum", 5).put("maximum", 4);
    schema.putArray("required").add("n");
    Refusals.mustNotBeServerError(
        ask(probe, SkyColour.format(schema)).with("max_tokens", 16).send());
  }
}
