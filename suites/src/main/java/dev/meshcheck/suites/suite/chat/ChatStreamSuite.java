package dev.meshcheck.suites.suite.chat;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.fixtures.exchange.Frame;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Events;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Streams;
import dev.meshcheck.suites.check.Trait;
import dev.meshcheck.suites.check.Unknown;
import java.util.Locale;
import java.util.Map;

/** POST /v1/chat/completions with stream: true: the stream as such. */
public final class ChatStreamSuite {

  static Ask ask(Probe probe) {
    return probe.chat(Basis.HELLO).with("stream_options", Map.of("include_usage", true));
  }

  static Events stream(Probe probe) {
    return Given.stream(ask(probe));
  }

  @Check(
      id = "chat-stream.is-well-formed",
      title = "a streamed chat answer is an event stream of JSON that ends by itself",
      level = MUST,
      route = CHAT,
      source = Sources.QUICKSTART,
      pack = Pack.SMOKE,
      ifItFails = {
        "a proxy cuts or times out long answers",
        "the engine fails while it generates",
        "the gateway does not pass streams on"
      })
  void isWellFormed(Probe probe) {
    ask(probe).stream().events().mustBeWellFormed();
  }

  @Check(
      id = "chat-stream.ends-with-done",
      title = "data: [DONE] comes exactly once, as the last event",
      level = MUST,
      route = CHAT,
      source = Sources.QUICKSTART,
      pack = Pack.SMOKE,
      ifItFails = {"a proxy drops the last event", "a gateway ends the stream by itself"})
  void endsWithDone(Probe probe) {
    Streams.mustEndWithDone(stream(probe));
  }

  @Check(
      id = "chat-stream.last-event-is-terminated",
      title = "the last event is followed by an empty line",
      level = SHOULD,
      route = CHAT,
      source = Sources.SSE,
      ifItFails = {"a gateway writes events by hand and forgets the last empty line"})
  void lastEventIsTerminated(Probe probe) {
    Streams.mustTerminateLastEvent(stream(probe));
  }

  @Check(
      id = "chat-stream.is-data-only",
      title = "the events have data lines only, as documented",
      level = MUST,
      route = CHAT,
      source = Sources.CHAT,
      when = Trait.TENSORMESH,
      ifItFails = {"the gateway frames chat like another API"})
  void isDataOnly(Probe probe) {
    Streams.mustBeDataOnly(stream(probe));
  }

  @Check(
      id = "chat-stream.refuses-bad-requests",
      title = "a bad request with stream: true is refused, by status or by an error event",
      level = MUST,
      elsewhere = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {"streams start before the request is checked, and the error is lost"})
  void refusesBadRequests(Probe probe) {
    Ask chat = probe.chat(Basis.HELLO);
    Streams.mustTellError(chat.with("temperature", -1).stream(), "temperature is -1");
    Streams.mustTellError(chat.with("model", Unknown.MODEL).stream(), "nobody serves the model");
  }

  @Check(
      id = "chat-stream.hanging-up-is-survived",
      title = "after a client hangs up in mid-stream the next request is answered",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {"requests of clients that are gone go on and block others"})
  void hangingUpIsSurvived(Probe probe) {
    // A question of its own, so that nobody else shares the answer.
    Ask question = probe.chat("Say hello twice.");
    Given.that(() -> question.streamAndHangUpAfter(2).mustBe(200));
    for (int later = 1; later <= 3; later++) {
      question.again(later).send().mustStillBe(200);
    }
  }

  @Check(
      id = "chat-stream.first-token",
      title = "the time to the first token is recorded",
      level = INFO,
      route = CHAT,
      source = Sources.QUICKSTART,
      pack = Pack.SMOKE,
      ifItFails = {"nothing is promised here"})
  void firstToken(Probe probe) {
    for (Frame frame : stream(probe).frames()) {
      if (frame.event().isDone()) {
        continue;
      }
      Json chunk = Json.parse("an event", frame.event().data());
      boolean text =
          chunk.at("/choices").optionalItems().stream()
              .anyMatch(choice -> !Streams.deltaText(choice).isEmpty());
      if (text) {
        probe.record(String.format(Locale.ROOT, "first token after %.0f ms", frame.atMs()));
        return;
      }
    }
    probe.record("no token in the stream");
  }
}
