package dev.meshcheck.suites.suite.responses;

import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.is;

import dev.meshcheck.fixtures.exchange.Frame;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Events;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Streams;
import dev.meshcheck.suites.check.Trait;
import java.util.List;

/** POST /v1/responses with stream: true, in either framing. */
public final class ResponsesStreamSuite {

  private static Ask ask(Probe probe) {
    return probe.responses(Basis.HELLO);
  }

  static Events stream(Probe probe) {
    return Given.stream(ask(probe));
  }

  @Check(
      id = "responses-stream.is-well-formed",
      title = "a streamed response is an event stream of JSON that ends by itself",
      level = MUST,
      route = RESPONSES,
      source = Sources.QUICKSTART,
      ifItFails = {"a proxy cuts long answers"},
      ifItBreaks = {"the engine fails while it generates"})
  void isWellFormed(Probe probe) {
    ask(probe).stream().events().mustBeWellFormed();
  }

  @Check(
      id = "responses-stream.every-kind-is-well-formed",
      title = "whatever a stream is asked for, it is an event stream of JSON that ends by itself",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {"the stream breaks where calls and text meet, or at the limit"},
      about = {Reason.STREAM_ERROR, Reason.BODY_MALFORMED, Reason.BODY_CUT})
  void everyKindIsWellFormed(Probe probe) {
    stream(probe);
    ResponseStreams.kinds(probe).eachMustBe(Events::mustBeWellFormed);
  }

  @Check(
      id = "responses-stream.is-data-only",
      title = "the events have data lines only, as documented",
      level = MUST,
      route = RESPONSES,
      source = Sources.QUICKSTART,
      when = Trait.STREAM_ENDS_WITH_DONE,
      ifItFails = {"the gateway passes on vLLM's typed events, which the quickstart rules out"})
  void isDataOnly(Probe probe) {
    ResponseStreams.kinds(probe).each(Streams::mustBeDataOnly);
  }

  @Check(
      id = "responses-stream.ends-with-done",
      title = "data: [DONE] comes exactly once, as the last event",
      level = MUST,
      route = RESPONSES,
      source = Sources.QUICKSTART,
      when = Trait.STREAM_ENDS_WITH_DONE,
      ifItFails = {"the gateway passes on vLLM's streams, which end without [DONE]"})
  void endsWithDone(Probe probe) {
    ResponseStreams.kinds(probe).each(Streams::mustEndWithDone);
  }

  @Check(
      id = "responses-stream.framing",
      title = "how the events are framed and how the stream ends is recorded",
      level = INFO,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      when = Trait.STREAM_END_UNSTATED,
      ifItFails = {"nothing is promised here: both ways are in use"})
  void framing(Probe probe) {
    List<Frame> frames = stream(probe).frames();
    boolean typed = frames.stream().anyMatch(frame -> frame.event().type().isPresent());
    boolean done = frames.get(frames.size() - 1).event().isDone();
    probe.record((typed ? "typed" : "data-only") + (done ? ", ends with [DONE]" : ", just ends"));
  }

  @Check(
      id = "responses-stream.event-line-is-the-type",
      title = "an event line, where there is one, says the type that the body says",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {"a gateway rewrites one of the two"})
  void eventLineIsTheType(Probe probe) {
    ResponseStreams.kinds(probe).each(ResponsesStreamSuite::mustNameTheType);
  }

  private static void mustNameTheType(Events events) {
    for (Frame frame : events.frames()) {
      if (frame.event().type().isPresent() && !frame.event().isDone()) {
        Json body = events.answered().json("an event", frame.event().data());
        Expect.that("the event line", frame.event().type().get(), is(body.at("/type").text()));
      }
    }
  }

  @Check(
      id = "responses-stream.limit-makes-incomplete",
      title = "the final response of a stream that the limit cut is incomplete",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {"the final response is made up by the gateway"})
  void limitMakesIncomplete(Probe probe) {
    Ask cut = ResponsesUsageSuite.cutting(probe);
    String whole = cut.send().mustBe(200).json().at("/status").node().asText();
    if (!whole.equals("incomplete")) {
      throw new Inapplicable("a whole response is not incomplete either");
    }
    List<Json> events = Given.stream(cut).chunks();
    Json last = Given.that(() -> events.get(events.size() - 1).at("/response").object());
    Expect.that("the status of the final response", last.at("/status").text(), is("incomplete"));
  }
}
