package dev.meshcheck.suites.suite.chat;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.meshcheck.fixtures.exchange.Frame;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Events;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Streams;
import dev.meshcheck.suites.check.Trait;
import dev.meshcheck.suites.check.Unknown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** POST /v1/chat/completions with stream: true: the stream as such. */
public final class ChatStreamSuite {

  /** Characters; what proxies keep of an answer is mostly less. */
  private static final int LARGE = 32 * 1024;

  /** A plain stream, with usage unless that is refused: what is refused then is not the stream. */
  static Ask ask(Probe probe) {
    Ask plain = probe.chat(Basis.HELLO);
    Ask withUsage = withUsage(probe);
    Answered answered = withUsage.stream();
    return answered.isWhole() && answered.isRefusedAsBad() ? plain : withUsage;
  }

  static Ask withUsage(Probe probe) {
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
        "the gateway does not pass streams on"
      },
      ifItBreaks = {"the engine fails while it generates"})
  void isWellFormed(Probe probe) {
    ask(probe).stream().events().mustBeWellFormed();
  }

  @Check(
      id = "chat-stream.every-kind-is-whole",
      title =
          "whatever a stream is asked for, it is JSON, finishes each choice once and ends in [DONE]",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {
        "an option such as logprobs, n, tools or stream_options takes another way through the server",
        "a proxy treats streams of compressing clients in another way"
      },
      about = {Reason.STREAM_ERROR, Reason.BODY_MALFORMED, Reason.BODY_CUT})
  void everyKindIsWhole(Probe probe) {
    // The plain stream is judged by others, so that one break is told once.
    Given.that(() -> mustBeWhole(ask(probe).stream().events()));
    ChatStreams.kinds(probe).eachMustBe(ChatStreamSuite::mustBeWhole);
  }

  private static Events mustBeWhole(Events events) {
    Streams.mustFinishOnce(events.mustBeWellFormed().chunks(), ChatSuite.FINISH_REASONS);
    Streams.mustEndWithDone(events);
    return events;
  }

  @Check(
      id = "chat-stream.large-streams-come-whole",
      title = "a stream of more than 32 KB finishes as a small one does",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {
        "a proxy ends a stream where it is larger than its buffer, and closes it as if it were whole"
      },
      about = {Reason.STREAM_TRUNCATED, Reason.BODY_CUT})
  void largeStreams(Probe probe) {
    Given.that(() -> mustBeWhole(ask(probe).stream().events()));
    Answered large = Said.unlessRefused(TopLogprobsSuite.large(probe).stream(), "top_logprobs");
    Streams.mustFinishOnce(large.events().mustBeWellFormed().chunks(), ChatSuite.FINISH_REASONS);
    int length =
        large.answer().frames().stream().mapToInt(frame -> frame.event().data().length()).sum();
    if (length < LARGE) {
      throw new Inapplicable("the stream is too short to tell: " + length + " characters");
    }
  }

  @Check(
      id = "chat-stream.error-ends-with-done",
      title = "a stream that tells of an error ends with data: [DONE] too",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {
        "the stream is dropped where the error is written, so that clients wait for more"
      })
  void errorEndsWithDone(Probe probe) {
    List<Answered> told =
        refused(probe).values().stream()
            .map(Ask::stream)
            .filter(answered -> answered.status() == 200)
            .filter(answered -> !answered.events().frames().isEmpty())
            .toList();
    if (told.isEmpty()) {
      throw new Inapplicable("errors are told by status, before the stream begins");
    }
    told.forEach(answered -> Streams.mustEndWithDone(answered.events()));
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
    ChatStreams.kinds(probe).each(Streams::mustTerminateLastEvent);
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
    ChatStreams.kinds(probe).each(Streams::mustBeDataOnly);
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
    refused(probe).forEach((why, ask) -> Streams.mustTellError(ask.stream(), why));
  }

  /** Requests that must not be streamed, and why not. */
  private static Map<String, Ask> refused(Probe probe) {
    Ask chat = probe.chat(Basis.HELLO);
    Map<String, Ask> refused = new LinkedHashMap<>();
    refused.put("temperature is -1", chat.with("temperature", -1));
    refused.put("nobody serves the model", chat.with("model", Unknown.MODEL));
    return refused;
  }

  @Check(
      id = "chat-stream.choices-are-those-asked-for",
      title = "the index of every choice in a stream is below n",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"the index counts chunks, so that clients read each as a choice of its own"})
  void choicesAreThoseAskedFor(Probe probe) {
    ChatStreams.kinds(probe).each(ChatStreamSuite::mustCountChoices);
  }

  private static void mustCountChoices(Events events) {
    String request = events.answered().exchange().request().body().orElse("{}");
    long asked = Json.parse("the request", request).at("/n").node().asLong(1);
    for (Json chunk : events.chunks()) {
      for (Json choice : chunk.at("/choices").optionalItems()) {
        Expect.that(
            choice.at("/index").place() + " where n is " + asked,
            Streams.indexOf(choice),
            is(both(greaterThanOrEqualTo(0L)).and(lessThan(asked))));
      }
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
