package dev.meshcheck.suites.suite.responses;

import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Cut;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.JsonText;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Tries;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parts of a response that bridges from chat leave out, or keep in the form of chat. */
public final class ResponsePartsSuite {

  @Check(
      id = "responses-stream.texts-come-in-parts",
      title = "a streamed text lies in a content part that is added before it",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {
        "a bridge from chat sends deltas alone, and clients that build the response from events"
            + " have no part to put them into"
      })
  void textsComeInParts(Probe probe) {
    ResponseStreams.kinds(probe).each(events -> mustComeInParts(events.chunks()));
  }

  /** That what is added is done, and the reverse, is judged by {@code events-nest}. */
  private static void mustComeInParts(List<Json> events) {
    List<Json> texts = ResponseStreams.ofType(events, "response.output_text.delta");
    if (texts.isEmpty()) {
      throw new Inapplicable("the stream has no text");
    }
    Set<String> parts = new HashSet<>();
    for (String type : List.of("response.content_part.added", "response.content_part.done")) {
      ResponseStreams.ofType(events, type).forEach(part -> parts.add(itemOf(part)));
    }
    for (Json text : texts) {
      Expect.that(
          Reason.STREAM_MALFORMED,
          parts.contains(itemOf(text)),
          "the deltas of a text come without response.content_part.added and .done",
          "an event that adds the part, before its text",
          text.toString());
    }
  }

  private static String itemOf(Json event) {
    return event.at("/output_index").optionalInteger().map(String::valueOf).orElse("");
  }

  @Check(
      id = "responses.tools-are-echoed-flat",
      title =
          "functions that a response echoes have their name beside their type, as they were sent",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"the gateway turns the request into one of chat, and echoes the tools of that"},
      about = {Reason.SCHEMA_MISMATCH})
  void toolsAreEchoedFlat(Probe probe) {
    Json response = Said.unlessRefused(ResponsesToolsSuite.ask(probe), "tools").json();
    List<Json> functions =
        response.at("/tools").optionalItems().stream()
            .filter(tool -> tool.at("/type").node().asText().equals("function"))
            .toList();
    if (functions.isEmpty()) {
      throw new Inapplicable("the response echoes no tools");
    }
    for (Json tool : functions) {
      Expect.that(
          Reason.SCHEMA_MISMATCH,
          tool.at("/name").present() && !tool.at("/function").present(),
          "a function that is echoed has the nested form of chat",
          "{\"type\": \"function\", \"name\": …}",
          tool.toString());
    }
  }

  private static Ask inAnObject(Probe probe) {
    return CodeWord.ask(probe, "Which colour has the sky by day? Answer in JSON.")
        .with("text", Map.of("format", Map.of("type", "json_object")));
  }

  @Check(
      id = "responses.json-object-is-an-object",
      title = "with text.format json_object the text is a JSON object",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_STRUCTURED,
      pack = Pack.FULL,
      ifItFails = {"the gateway knows text.format json_schema alone, and drops others"},
      about = {Reason.SCHEMA_MISMATCH})
  void jsonObject(Probe probe) {
    Tries.untilGood(probe, inAnObject(probe), ResponsePartsSuite::mustBeAnObject);
  }

  private static void mustBeAnObject(Answered answered) {
    Json response = Said.unlessRefused(answered, "text.format json_object").json();
    String text = Said.responseText(response);
    if (Cut.is(response)) {
      JsonText.mustBeABeginning("the text of the response", text);
      throw new Inapplicable("the answer was cut by its limit");
    }
    if (text.isBlank()) {
      throw new Inapplicable("the model answered without a message");
    }
    Json.parse("the text of the response", text).object();
  }
}
