package dev.meshcheck.suites.suite.responses;

import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.blankString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Characters;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Epoch;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Failure;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Tools;
import dev.meshcheck.suites.check.Tries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The items of a streamed response: where their events belong, and that they are told alike. */
public final class ResponsesItemsSuite {

  @Check(
      id = "responses-stream.created-holds-the-response",
      title =
          "response.created holds the id, object, model and status of a response without output",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {"the first event is made up by a gateway"},
      about = {Reason.SCHEMA_MISMATCH})
  void createdHoldsTheResponse(Probe probe) {
    ResponseStreams.kinds(probe)
        .each(
            events -> {
              Json response = events.chunks().get(0).at("/response").object();
              Expect.that(
                  response.at("/id").place(), response.at("/id").text(), not(blankString()));
              Expect.that("object", response.at("/object").text(), is("response"));
              Said.mustNameTheModel(probe, response.at("/model").text());
              Epoch.mustBeSeconds(response.at("/created_at"));
              Expect.that("output", response.at("/output").optionalItems(), is(empty()));
            });
  }

  @Check(
      id = "responses-stream.events-say-where",
      title = "every event of an item says its output_index, and its content_index within a part",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {"llama.cpp leaves the indexes out", "a gateway rebuilds events"},
      about = {Reason.SCHEMA_MISMATCH})
  void eventsSayWhere(Probe probe) {
    ResponseStreams.kinds(probe)
        .each(events -> events.chunks().forEach(ResponsesItemsSuite::mustSayWhere));
  }

  private static void mustSayWhere(Json event) {
    String type = ResponseStreams.type(event);
    boolean item = type.startsWith("response.output_item.");
    boolean part = type.contains("content_part.") || type.contains("output_text.");
    if (item || part || type.contains("function_call_arguments.")) {
      event.at("/output_index").integer();
    }
    if (part) {
      event.at("/content_index").integer();
    }
    if (!item && (part || type.contains("function_call_arguments."))) {
      event.at("/item_id").text();
    }
  }

  @Check(
      id = "responses-stream.output-index-counts-the-items",
      title =
          "the first item of a stream has output_index 0, and each one more has the next number",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {
        "the index counts from 1, so that OpenAI's SDKs look behind the end of their list",
        "the index counts events or parts, or goes on from an item that is not streamed"
      })
  void outputIndex(Probe probe) {
    ResponseStreams.kinds(probe).each(events -> mustCountTheItems(events.chunks()));
  }

  /** That the items stand in this order in the final output is judged by final-items. */
  private static void mustCountTheItems(List<Json> events) {
    long next = 0;
    for (Json added : ResponseStreams.ofType(events, "response.output_item.added")) {
      Json index = added.at("/output_index");
      if (!index.present()) {
        throw new Inapplicable("the events do not say where their items stand");
      }
      Expect.that(index.place(), index.integer(), is(next++));
    }
  }

  @Check(
      id = "responses-stream.done-events-say-what-was-streamed",
      title = "each done event of a text, a part, a call or an item says what its deltas said",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {"a delta is lost", "items are built apart from the stream"})
  void doneEvents(Probe probe) {
    ResponseStreams.kinds(probe)
        .each(
            events ->
                StreamedItem.of(events.chunks()).forEach(StreamedItem::mustBeClosedAsStreamed));
  }

  @Check(
      id = "responses-stream.calls-keep-their-call-id",
      title = "a streamed call is done under the call_id that it was added with",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {
        "the id of the item is taken for that of the call",
        "each event makes a new id, so that a result can be sent back under the wrong one"
      })
  void callsKeepTheirCallId(Probe probe) {
    Said.unlessRefused(ResponsesToolsSuite.ask(probe), "tools");
    List<Json> events = Given.stream(ResponsesToolsSuite.ask(probe)).chunks();
    List<StreamedItem> calls =
        Given.that(
            () ->
                StreamedItem.of(events).stream()
                    .filter(item -> item.type().equals("function_call"))
                    .toList());
    if (calls.isEmpty()) {
      throw new Inapplicable("the model called no tool");
    }
    calls.forEach(StreamedItem::mustKeepItsCallId);
  }

  @Check(
      id = "responses-stream.final-items-are-the-streamed-ones",
      title = "the final response holds the items that were streamed, one by one",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {
        "the final response is built apart from the stream, by another parser",
        "an item is lost on one of the two ways"
      })
  void finalItems(Probe probe) {
    ResponseStreams.kinds(probe).each(events -> mustEndWithItsItems(events.chunks()));
  }

  private static void mustEndWithItsItems(List<Json> events) {
    Json last = ResponseStreams.last(events);
    if (!last.present()) {
      throw new Inapplicable("there is no final response");
    }
    List<String> streamed =
        StreamedItem.of(events).stream().map(i -> told(i.type(), i.finished())).toList();
    List<String> told = new ArrayList<>();
    last.at("/output").items().forEach(item -> told.add(told(item.at("/type").text(), item)));
    Expect.that("the items of the final response", told, is(streamed));
  }

  /** An item in short; ids are left out, since vLLM builds the final response with new ones. */
  private static String told(String type, Json item) {
    String name = item.at("/name").optionalText().map(n -> " " + n).orElse("");
    String arguments = item.at("/arguments").optionalText().map(a -> " " + a).orElse("");
    // What a model thought is parsed once more for the final response, white space and all.
    String text = type.equals("reasoning") ? "" : " " + Said.itemText(item);
    return (type + name + arguments + text).strip();
  }

  @Check(
      id = "responses-stream.no-call-is-lost",
      title = "a question that gets a call as a whole response gets one as a stream too",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {"streams are parsed by another tool-call parser than whole responses"})
  void noCallIsLost(Probe probe) {
    Json whole = Said.whole(ResponsesToolsSuite.ask(probe).send(), "tools");
    if (Given.that(() -> Tools.callItems(whole)).isEmpty()) {
      throw new Inapplicable("the whole response calls no tool either");
    }
    Optional<List<Json>> streamed = Optional.empty();
    for (int nth = 1; nth <= Tries.K; nth++) {
      List<Json> events = Given.stream(Tries.nth(ResponsesToolsSuite.ask(probe), nth)).chunks();
      streamed = Optional.of(events);
      if (StreamedItem.of(events).stream().anyMatch(i -> i.type().equals("function_call"))) {
        return;
      }
    }
    throw new Failure(
        Reason.WRONG_VALUE,
        "the whole response calls a tool and none of " + Tries.K + " streams does",
        "an item of the type function_call",
        streamed.map(ResponseStreams::last).map(Json::toString).orElse("nothing"));
  }

  @Check(
      id = "responses-stream.characters-are-whole",
      title = "no delta of a stream breaks a character",
      level = MUST,
      route = RESPONSES,
      source = Sources.SSE,
      ifItFails = {"the server sends tokens that are parts of a character"})
  void charactersAreWhole(Probe probe) {
    ResponseStreams.kinds(probe)
        .each(
            events -> {
              List<Json> deltas =
                  events.chunks().stream()
                      .filter(event -> ResponseStreams.type(event).endsWith(".delta"))
                      .map(event -> event.at("/delta"))
                      .filter(delta -> delta.node().isTextual())
                      .toList();
              Characters.mustBeWhole(deltas);
            });
  }
}
