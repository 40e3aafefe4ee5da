package dev.meshcheck.suites.suite.responses;

import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Streams;
import dev.meshcheck.suites.check.Usage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The events of a streamed response: which come, in which order, with which text. */
public final class ResponsesEventsSuite {

  private static final Set<String> TERMINAL =
      Set.of("response.completed", "response.incomplete", "response.failed");

  private static final String DELTAS = "the joined deltas";

  private static String type(Json event) {
    return Given.text(event.at("/type"));
  }

  /** The final response; that there is one is judged by {@code ends-with-the-response}. */
  private static Json whole(List<Json> events) {
    return Given.that(() -> last(events).at("/response").object());
  }

  private static Json last(List<Json> events) {
    return events.get(events.size() - 1);
  }

  @Check(
      id = "responses-stream.created-comes-first",
      title = "the first event is response.created, and it comes once",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {"the first event is lost"})
  void createdComesFirst(Probe probe) {
    ResponseStreams.kinds(probe).each(events -> mustBeginWithCreated(events.chunks()));
  }

  private static void mustBeginWithCreated(List<Json> events) {
    List<String> types = events.stream().map(ResponsesEventsSuite::type).toList();
    Expect.that("the first event", types.get(0), is("response.created"));
    Expect.that(
        "the response.created events",
        types.stream().filter("response.created"::equals).toList(),
        hasSize(1));
    Optional<String> status = events.get(0).at("/response/status").optionalText();
    Expect.that(
        "the status of a response that was just created",
        status.orElse("in_progress"),
        is(in(List.of("in_progress", "queued"))));
  }

  @Check(
      id = "responses-stream.ends-with-the-response",
      title = "exactly one terminal event comes, as the last one, with the whole response",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {"the last event is lost", "the engine fails while it generates"})
  void endsWithTheResponse(Probe probe) {
    ResponseStreams.kinds(probe).each(events -> mustEndWithTheResponse(events.chunks()));
  }

  private static void mustEndWithTheResponse(List<Json> events) {
    List<String> terminal =
        events.stream().map(ResponsesEventsSuite::type).filter(TERMINAL::contains).toList();
    Json last = last(events);
    Expect.that(
        Reason.STREAM_TRUNCATED,
        TERMINAL.contains(type(last)) && !type(last).equals("response.failed"),
        "the stream does not end with the whole response",
        "response.completed or response.incomplete as the last event",
        last.toString());
    Expect.that("the terminal events", terminal, hasSize(1));
    last.at("/response/output").items();
    Expect.that(
        "the status of the final response",
        last.at("/response/status").optionalText().orElse("completed"),
        is(in(List.of("completed", "incomplete"))));
  }

  @Check(
      id = "responses-stream.final-tells-usage",
      title = "the final response tells usage where a whole response does",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {"the gateway drops usage from streams, so that nobody can bill them"})
  void finalTellsUsage(Probe probe) {
    if (!Basis.judge(probe, RESPONSES).json().at("/usage").present()) {
      throw new Inapplicable("a whole response tells no usage either");
    }
    ResponseStreams.kinds(probe)
        .each(
            events ->
                Expect.that(
                    Reason.WRONG_VALUE,
                    whole(events.chunks()).at("/usage").present(),
                    "the final response tells no usage",
                    "usage",
                    "none"));
  }

  @Check(
      id = "responses-stream.usage-adds-up",
      title = "usage of the final response, where told, adds up",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {"usage of streams is estimated by the gateway"})
  void usageAddsUp(Probe probe) {
    ResponseStreams.kinds(probe)
        .each(
            events -> {
              Json usage = ResponseStreams.last(events.chunks()).at("/usage");
              if (usage.present()) {
                Usage.ofResponses(usage).mustAddUp();
              }
            });
  }

  @Check(
      id = "responses-stream.sequence-starts-at-0",
      title = "every event has a sequence_number, and the first is 0",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {"the first event is lost", "the gateway renumbers or drops the numbers"},
      about = {Reason.SCHEMA_MISMATCH})
  void sequenceStartsAtZero(Probe probe) {
    ResponseStreams.kinds(probe).each(events -> mustStartAtZero(events.chunks()));
  }

  private static void mustStartAtZero(List<Json> events) {
    Expect.that("the first number", events.get(0).at("/sequence_number").integer(), is(0L));
    events.forEach(event -> event.at("/sequence_number").integer());
  }

  @Check(
      id = "responses-stream.sequence-has-no-gaps",
      title = "sequence_number, where present, grows by one from event to event",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {"an event is lost, doubled or out of order"})
  void sequenceHasNoGaps(Probe probe) {
    ResponseStreams.kinds(probe).each(events -> mustCount(events.chunks()));
  }

  private static void mustCount(List<Json> events) {
    boolean numbered = events.stream().anyMatch(e -> e.at("/sequence_number").present());
    long expected = numbered ? events.get(0).at("/sequence_number").integer() : 0;
    for (Json event : numbered ? events : List.<Json>of()) {
      Json number = event.at("/sequence_number");
      Expect.that(number.place(), number.integer(), is(expected++));
    }
  }

  @Check(
      id = "responses-stream.events-nest",
      title = "everything that is added is done before something else begins, in order",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {"an event is lost", "streams of several requests are mixed"})
  void eventsNest(Probe probe) {
    ResponseStreams.kinds(probe)
        .each(
            events -> {
              Nesting nesting = new Nesting();
              mustHaveBegun(events.chunks());
              events.chunks().forEach(nesting::next);
              nesting.end();
            });
  }

  @Check(
      id = "responses-stream.deltas-are-the-text",
      title = "the deltas of a text joined are the text that its done event says",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {"a delta is lost or doubled", "code points are broken between deltas"})
  void deltasAreTheText(Probe probe) {
    ResponseStreams.kinds(probe).each(events -> deltasMustBeTheText(events.chunks()));
  }

  private static void deltasMustBeTheText(List<Json> events) {
    mustHaveBegun(events);
    if (isCut(events) && said(events).isEmpty()) {
      throw new Inapplicable("the response was cut, and says no text that is done");
    }
    Told said = new Told("the text of the done events", said(events).orElse(""));
    Told.mustBeTheSame(new Told(DELTAS, ResponseStreams.text(events)), said, finalText(events));
  }

  /** What the events say that end a text; empty where there are none. */
  private static Optional<String> said(List<Json> events) {
    return ResponseStreams.ofType(events, "response.output_text.done").stream()
        .map(event -> event.at("/text").text())
        .reduce(String::concat);
  }

  /** The text of the final response; empty where there is no such response. */
  private static Optional<String> finalText(List<Json> events) {
    Json last = ResponseStreams.last(events);
    return last.at("/output").node().isArray()
        ? Optional.of(Said.responseText(last))
        : Optional.empty();
  }

  @Check(
      id = "responses-stream.whole-is-the-text",
      title = "the text of the final response is what was streamed",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {
        "the final response is built apart from the stream",
        "the model's reasoning parser reads a stream otherwise than a whole text"
      })
  void wholeIsTheText(Probe probe) {
    ResponseStreams.kinds(probe).each(events -> wholeMustBeTheText(events.chunks()));
  }

  private static void wholeMustBeTheText(List<Json> events) {
    Told last = new Told("the text of the final response", Said.responseText(whole(events)));
    Told.mustBeTheSame(new Told(DELTAS, ResponseStreams.text(events)), last, said(events));
  }

  /** A response that its limit cut within the reasoning is left open by older gpt-oss paths. */
  private static void mustHaveBegun(List<Json> events) {
    if (isCut(events) && ResponseStreams.text(events).isEmpty()) {
      throw new Inapplicable("the response was cut before any text began");
    }
  }

  private static boolean isCut(List<Json> events) {
    return last(events).at("/response/status").node().asText().equals("incomplete");
  }

  @Check(
      id = "responses-stream.id-is-constant",
      title = "response.id stays the same over the stream",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {"streams of several requests are mixed"})
  void idIsConstant(Probe probe) {
    ResponseStreams.kinds(probe)
        .each(
            events -> {
              List<Json> whole =
                  events.chunks().stream().filter(e -> e.at("/response").present()).toList();
              Streams.mustStayTheSame(whole, "/response/id");
            });
  }

  @Check(
      id = "responses-stream.ids-equal-the-final-ones",
      title = "whether streamed item ids are those of the final response is recorded",
      level = INFO,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {"nothing is promised here: vLLM builds the final response anew"})
  void idsEqualTheFinalOnes(Probe probe) {
    List<Json> events = ResponsesStreamSuite.stream(probe).chunks();
    Set<String> streamed =
        ResponseStreams.ofType(events, "response.output_item.added").stream()
            .map(event -> event.at("/item/id").toString())
            .collect(Collectors.toSet());
    Set<String> last =
        last(events).at("/response/output").optionalItems().stream()
            .map(item -> item.at("/id").toString())
            .collect(Collectors.toSet());
    probe.record(streamed.equals(last) ? "the same ids" : "other ids in the final response");
  }
}
