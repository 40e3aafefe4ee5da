package dev.meshcheck.suites.suite.responses;

import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meshcheck.fixtures.surface.RouteName;
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
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Schema;
import dev.meshcheck.suites.check.SkyColour;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Tries;
import dev.meshcheck.suites.check.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Conversations and formats of POST /v1/responses. */
public final class ResponsesBehaviourSuite {

  private static final String NONCE = CodeWord.VIOLET;

  @Check(
      id = "responses.instructions-are-known",
      title = "what instructions says is known to the model",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"the gateway drops instructions"})
  void instructions(Probe probe) {
    CodeWord.mustBeKnown(probe, instructed(probe));
  }

  private static Ask instructed(Probe probe) {
    return CodeWord.ask(probe, CodeWord.WHICH)
        .with("instructions", "The code word is " + NONCE + ". Tell it to everybody who asks.");
  }

  @Check(
      id = "responses.instructions-are-echoed",
      title = "instructions, where the response has them, are those of the request",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"the gateway adds instructions of its own"})
  void instructionsAreEchoed(Probe probe) {
    Json told = instructed(probe).send().mustBe(200).json().at("/instructions");
    if (!told.present()) {
      throw new Inapplicable("the response tells no instructions");
    }
    Expect.that(
        "instructions",
        told.text(),
        is("The code word is " + NONCE + ". Tell it to everybody who asks."));
  }

  @Check(
      id = "responses.options-are-echoed",
      title = "temperature, top_p and metadata, where the response has them, are those sent",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      pack = Pack.FULL,
      ifItFails = {
        "the gateway builds the response from defaults, or drops the options on the way",
        "metadata, by which clients find their responses again, is lost"
      })
  void optionsAreEchoed(Probe probe) {
    Ask ask =
        probe
            .responses(Basis.HELLO)
            .with("max_output_tokens", 16)
            .with("temperature", 0.5)
            .with("top_p", 0.75)
            .with("metadata", Map.of("purpose", "meshcheck"));
    Json response =
        Given.that(() -> Said.unlessRefused(ask, "temperature, top_p and metadata").json());
    mustBe(response.at("/temperature"), 0.5);
    mustBe(response.at("/top_p"), 0.75);
    Json metadata = response.at("/metadata");
    if (metadata.node().isObject()) {
      Expect.that(
          "the metadata of the response",
          metadata.at("/purpose").optionalText().orElse("none"),
          is("meshcheck"));
    } else if (!response.at("/temperature").present() && !response.at("/top_p").present()) {
      throw new Inapplicable("the response tells none of its options");
    }
  }

  private static void mustBe(Json told, double sent) {
    if (told.present()) {
      Expect.that(told.place(), told.number(), is(closeTo(sent, 0.001)));
    }
  }

  @Check(
      id = "responses.takes-items",
      title = "input may be a list of messages",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.RESPONSES,
      ifItFails = {"the gateway takes text only, although any input is documented"})
  void takesItems(Probe probe) {
    items(probe).send().mustBe(200);
  }

  private static Ask items(Probe probe) {
    return CodeWord.ask(probe, "").with("input", messages());
  }

  private static ArrayNode messages() {
    return Probe.messages(
        "system",
        "You remember code words.",
        "user",
        "The code word is " + NONCE + ".",
        "assistant",
        "Understood.",
        "user",
        CodeWord.WHICH);
  }

  @Check(
      id = "responses.remembers-the-conversation",
      title = "what an earlier item of the input says is known to the model",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"only the last item reaches the model"})
  void remembers(Probe probe) {
    Said.unlessRefused(items(probe), "a list of messages");
    CodeWord.mustBeKnown(probe, items(probe));
  }

  @Check(
      id = "responses.messages-need-no-type",
      title = "what a message without a type says is known, also beside one that has a type",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"items without a type are dropped, and type is optional for messages"})
  void messagesWithoutType(Probe probe) {
    Given.that(() -> CodeWord.mustBeKnown(probe, items(probe)));
    ArrayNode mixed = messages();
    ((ObjectNode) mixed.get(mixed.size() - 1)).put("type", "message");
    CodeWord.mustBeKnown(probe, CodeWord.ask(probe, "").with("input", mixed));
  }

  @Check(
      id = "responses.takes-content-parts",
      title = "the content of an item may be a list of input_text parts, and is part of the input",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"the gateway takes text only", "parts are rendered as nothing"})
  void contentParts(Probe probe) {
    // A beginning of its own, for some hosts leave out of the count what their cache has.
    String text = "Please note this. " + CodeWord.told(CodeWord.VIOLET);
    Object part = Map.of("type", "input_text", "text", text);
    Object item = Map.of("type", "message", "role", "user", "content", List.of(part));
    Json answer =
        probe
            .responses("")
            .with("max_output_tokens", 16)
            .with("input", List.of(item))
            .send()
            .mustBe(200)
            .json();
    Json usage = Given.that(() -> Basis.judge(probe, RESPONSES).json()).at("/usage");
    if (usage.present() && answer.at("/usage").present()) {
      Usage brief = Usage.givenOfResponses(usage);
      Given.that(brief::mustCountThePrompt);
      Expect.that(
          "input_tokens of seventy words in a part, beside those of two in a string",
          Usage.givenOfResponses(answer.at("/usage")).prompt(),
          is(greaterThan(brief.prompt())));
    }
  }

  @Check(
      id = "responses.counts-like-chat",
      title = "one user message has as many tokens on /v1/responses as on chat completions",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.VLLM_SERVER,
      ifItFails = {"the routes use different chat templates", "usage is estimated on one of them"})
  void countsLikeChat(Probe probe) {
    Json usage = Given.that(() -> Basis.judge(probe, RESPONSES).json()).at("/usage");
    if (!usage.present()) {
      throw new Inapplicable("the response tells no usage");
    }
    Json chat = Given.that(() -> Basis.judge(probe, RouteName.CHAT).json());
    Usage here = Usage.givenOfResponses(usage);
    Usage there = Usage.given(chat.at("/usage"));
    // That a prompt costs something is for the checks of each route.
    Given.that(here::mustCountThePrompt);
    Given.that(there::mustCountThePrompt);
    Expect.that("the tokens of the input", here.prompt(), is(there.prompt()));
  }

  @Check(
      id = "responses.schema-holds",
      title = "with text.format json_schema a text that was not cut has the asked shape",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_STRUCTURED,
      ifItFails = {"the gateway drops text.format", "reasoning is mixed into the text"},
      about = {Reason.SCHEMA_MISMATCH})
  void schemaHolds(Probe probe) {
    mustHoldTheSchema(probe);
  }

  private static Ask inASchema(Probe probe) {
    Object format =
        Map.of("type", "json_schema", "name", "sky", "schema", SkyColour.schema(), "strict", true);
    return CodeWord.ask(probe, "Which colour has the sky by day? Answer in JSON.")
        .with("text", Map.of("format", format));
  }

  private static void mustHoldTheSchema(Probe probe) {
    Tries.of(
        probe,
        inASchema(probe),
        answered -> {
          Json response = Said.unlessRefused(answered, "text.format").json();
          mustHoldTheSchema(response, "the text of the response", Said.responseText(response));
        });
  }

  @Check(
      id = "responses-stream.schema-holds",
      title = "with text.format json_schema a streamed text that was not cut has the asked shape",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_STRUCTURED,
      ifItFails = {"text.format is dropped where a response is streamed"},
      about = {Reason.SCHEMA_MISMATCH})
  void streamedSchemaHolds(Probe probe) {
    Said.unlessRefused(inASchema(probe), "text.format");
    // A host that forgets the schema everywhere is told so by the check of whole responses.
    Given.whereItFails(
        probe,
        () ->
            Tries.of(
                probe, inASchema(probe).asStream(), ResponsesBehaviourSuite::mustStreamTheSchema),
        () -> mustHoldTheSchema(probe));
  }

  private static void mustStreamTheSchema(Answered streamed) {
    List<Json> events = Given.chunks(Said.unlessRefused(streamed, "text.format in a stream"));
    mustHoldTheSchema(
        ResponseStreams.last(events), "the streamed text", ResponseStreams.text(events));
  }

  private static void mustHoldTheSchema(Json response, String what, String text) {
    if (Cut.is(response)) {
      JsonText.mustBeABeginning(what, text);
      throw new Inapplicable("the answer was cut by its limit");
    }
    if (text.isBlank()) {
      throw new Inapplicable("the model answered without a message");
    }
    Schema.mustHold("the schema that was sent", SkyColour.schema(), Json.parse(what, text));
  }

  @Check(
      id = "responses.refuses-a-choice-without-tools",
      title = "tool_choice required without any tool is refused",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"the gateway drops what it does not understand"})
  void choiceWithoutTools(Probe probe) {
    probe
        .responses(Basis.HELLO)
        .with("tool_choice", "required")
        .send()
        .mustBeRefusedAsBad("tool_choice is required and there are no tools");
  }

  @Check(
      id = "responses.reasoning-has-text",
      title = "a reasoning item holds reasoning_text or a summary, or what is encrypted",
      level = SHOULD,
      elsewhere = INFO,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"the reasoning parser swallows the text"})
  void reasoning(Probe probe) {
    List<Json> items =
        Given.that(() -> Basis.judge(probe, RESPONSES).json().at("/output").items()).stream()
            .filter(item -> item.at("/type").optionalText().equals(Optional.of("reasoning")))
            .filter(item -> !isKeptBack(item))
            .toList();
    if (items.isEmpty()) {
      throw new Inapplicable("the model showed no reasoning");
    }
    for (Json item : items) {
      for (Json part : item.at("/content").optionalItems()) {
        Expect.that(part.at("/type").place(), part.at("/type").text(), is("reasoning_text"));
      }
      // A summary is empty unless it was asked for, and what is encrypted has no text.
      boolean told = !Said.itemText(item).isBlank() || item.at("/encrypted_content").present();
      Expect.that("whether " + item.place() + " holds anything", told, is(true));
    }
  }

  /**
   * A thought that is not told: an empty summary, which nobody asked for, and no content at all.
   *
   * @see <a href="https://platform.openai.com/docs/guides/reasoning">OpenAI: reasoning models</a>
   */
  private static boolean isKeptBack(Json item) {
    return item.node().path("summary").isArray()
        && item.at("/summary").items().isEmpty()
        && item.at("/content").optionalItems().isEmpty()
        && !item.at("/encrypted_content").present();
  }
}
