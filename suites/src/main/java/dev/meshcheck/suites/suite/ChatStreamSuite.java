package dev.meshcheck.suites.suite;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.is;

import dev.meshcheck.fixtures.exchange.Frame;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Epoch;
import dev.meshcheck.suites.check.Events;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Schema;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Trait;
import dev.meshcheck.suites.check.Usage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** POST /v1/chat/completions with stream: true. */
public final class ChatStreamSuite {

  private static Ask ask(Probe probe) {
    return probe.chat(Basis.HELLO).with("stream_options", Map.of("include_usage", true));
  }

  private static Events stream(Probe probe) {
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
      id = "chat-stream.has-the-documented-shape",
      title = "every chunk has the documented fields with the documented types",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"a gateway rewrites chunks"})
  void shape(Probe probe) {
    stream(probe).chunks().forEach(chunk -> Schema.mustHold("chat-chunk", chunk));
  }

  @Check(
      id = "chat-stream.role-comes-first",
      title = "the first delta of each choice has the role assistant",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"the first chunk is lost", "the gateway merges chunks"})
  void roleComesFirst(Probe probe) {
    mustBeginWithTheRole(stream(probe).chunks());
  }

  private static void mustBeginWithTheRole(List<Json> chunks) {
    Set<Long> begun = new TreeSet<>();
    for (Json chunk : chunks) {
      for (Json choice : chunk.at("/choices").optionalItems()) {
        if (begun.add(choice.at("/index").integer())) {
          Expect.that(
              "the role in the first delta", choice.at("/delta/role").text(), is("assistant"));
        }
      }
    }
  }

  @Check(
      id = "chat-stream.role-is-not-repeated",
      title = "no delta after the first names a role again",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"the gateway builds every delta from a whole message"})
  void roleIsNotRepeated(Probe probe) {
    Set<Long> begun = new TreeSet<>();
    for (Json chunk : stream(probe).chunks()) {
      for (Json choice : chunk.at("/choices").optionalItems()) {
        if (!begun.add(choice.at("/index").integer())) {
          Optional<String> role = choice.at("/delta/role").optionalText();
          Expect.that("the role of a later delta", role, is(Optional.empty()));
        }
      }
    }
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
      id = "chat-stream.created-is-seconds",
      title = "created of every chunk is a time in seconds",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"the time is in milliseconds"})
  void createdIsSeconds(Probe probe) {
    stream(probe).chunks().forEach(chunk -> Epoch.mustBeSeconds(chunk.at("/created")));
  }

  @Check(
      id = "chat-stream.max-tokens-1-ends-with-length",
      title = "a stream cut by max_tokens 1 finishes with length",
      level = MUST,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"max_tokens is not passed on", "the last chunk is made up by the gateway"})
  void maxTokensOne(Probe probe) {
    List<Json> chunks = Given.stream(probe.chat(Basis.HELLO).with("max_tokens", 1)).chunks();
    String finish = Streams.contentOf(chunks, "/finish_reason");
    boolean text =
        chunks.stream()
            .flatMap(chunk -> chunk.at("/choices").optionalItems().stream())
            .anyMatch(choice -> !Streams.deltaText(choice).isEmpty());
    // A model may end with its very first token; then there is no text, and nothing was cut.
    Expect.that("finish_reason", finish, is(text ? "length" : finish));
  }

  @Check(
      id = "chat-stream.n-2-streams-two-choices",
      title = "n 2 streams two choices with the indexes 0 and 1, each from its role to its finish",
      level = SHOULD,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"the gateway drops n", "the indexes are lost on the way"})
  void twoChoices(Probe probe) {
    Ask whole = probe.chat(Basis.HELLO).with("n", 2).with("temperature", 0.8);
    Given.that(() -> Said.unlessRefused(whole, "n above 1"));
    Ask two = ask(probe).with("n", 2).with("temperature", 0.8);
    Set<Long> indexes = new TreeSet<>();
    List<Json> chunks = Given.stream(two).chunks();
    for (Json chunk : chunks) {
      chunk
          .at("/choices")
          .optionalItems()
          .forEach(choice -> indexes.add(choice.at("/index").integer()));
    }
    Expect.that("the indexes", List.copyOf(indexes), is(List.of(0L, 1L)));
    mustBeginWithTheRole(chunks);
    Streams.mustFinishOnce(chunks, ChatSuite.FINISH_REASONS);
  }

  @Check(
      id = "chat-stream.identity-is-constant",
      title = "id, object, created and model stay the same over the stream",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"streams of several requests are mixed", "each chunk is stamped anew"})
  void identityIsConstant(Probe probe) {
    Streams.mustStayTheSame(stream(probe).chunks(), "/id", "/object", "/created", "/model");
  }

  @Check(
      id = "chat-stream.finishes-once",
      title = "each choice ends with exactly one known finish_reason, and no text follows it",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      pack = Pack.SMOKE,
      ifItFails = {"the last chunk is lost", "the gateway adds a finish of its own"})
  void finishesOnce(Probe probe) {
    Streams.mustFinishOnce(stream(probe).chunks(), ChatSuite.FINISH_REASONS);
  }

  @Check(
      id = "chat-stream.tells-usage-when-asked",
      title = "with include_usage the stream tells usage, and it adds up",
      level = MUST,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"the gateway drops stream_options", "the last chunk is lost"})
  void tellsUsage(Probe probe) {
    Streams.mustTellUsage(stream(probe).chunks());
  }

  @Check(
      id = "chat-stream.usage-comes-last-and-alone",
      title = "usage comes once, in the last chunk, which holds no choices",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"usage is put on every chunk", "usage is put on the finishing chunk"})
  void usageComesLast(Probe probe) {
    Streams.mustTellUsageLast(stream(probe).chunks());
  }

  @Check(
      id = "chat-stream.no-usage-unasked",
      title = "without stream_options no chunk tells usage",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"the gateway asks for usage on its own account and passes it on"})
  void noUsageUnasked(Probe probe) {
    List<Json> chunks = Given.stream(probe.chat(Basis.HELLO)).chunks();
    long told = chunks.stream().filter(chunk -> chunk.at("/usage").present()).count();
    Expect.that("the number of chunks with usage", told, is(0L));
  }

  @Check(
      id = "chat-stream.has-text",
      title = "the deltas hold content, reasoning or tool calls",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"the output parser swallows the text"})
  void hasText(Probe probe) {
    List<Json> chunks = stream(probe).chunks();
    boolean text =
        chunks.stream()
            .flatMap(chunk -> chunk.at("/choices").optionalItems().stream())
            .anyMatch(
                choice ->
                    !Streams.deltaText(choice).isEmpty()
                        || choice.at("/delta/tool_calls").present()
                        || choice.at("/delta/refusal").present());
    Expect.that(
        Reason.WRONG_VALUE,
        text,
        "no delta holds any text",
        "content, reasoning or tool calls in the deltas",
        chunks.size() + " chunks without any");
  }

  @Check(
      id = "chat-stream.equals-the-whole",
      title = "the deltas joined are the text of the same request without stream",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {
        "a chunk is lost or doubled",
        "code points are broken between chunks",
        "the model is not repeatable at temperature 0"
      })
  void equalsTheWhole(Probe probe) {
    Json whole = Basis.judge(probe, CHAT).json().at("/choices/0/message/content");
    if (!whole.present()) {
      throw new Inapplicable("the model answered with reasoning alone");
    }
    String streamed = Streams.contentOf(stream(probe).chunks(), "/delta/content");
    if (!streamed.equals(whole.text())) {
      // The first answer may have come from a cold cache, which changes the last bits.
      Json warm = Given.answered(probe.chat(Basis.HELLO).again(2)).json();
      Expect.that("the joined deltas", streamed, is(warm.at("/choices/0/message/content").text()));
    }
  }

  @Check(
      id = "chat-stream.counts-the-prompt-like-the-whole",
      title = "a streamed answer counts the same prompt tokens as a whole one",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"usage of streams is estimated by the gateway"})
  void countsLikeTheWhole(Probe probe) {
    Usage whole = Given.that(() -> Usage.ofChat(Basis.judge(probe, CHAT).json().at("/usage")));
    Usage streamed = Given.that(() -> Streams.mustTellUsage(stream(probe).chunks()));
    Expect.that("prompt_tokens of the stream", streamed.prompt(), is(whole.prompt()));
  }

  @Check(
      id = "chat-stream.arrives-in-pieces",
      title = "the events arrive as they are generated, not all at once",
      level = SHOULD,
      route = CHAT,
      source = Sources.QUICKSTART,
      ifItFails = {
        "a proxy buffers answers (nginx: proxy_buffering off)",
        "compression on the way"
      })
  void arrivesInPieces(Probe probe) {
    Streams.mustArriveInPieces(ask(probe));
  }

  @Check(
      id = "chat-stream.refuses-bad-requests",
      title = "a bad request with stream: true is refused, by status or by an error event",
      level = MUST,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {"streams start before the request is checked, and the error is lost"})
  void refusesBadRequests(Probe probe) {
    Ask chat = probe.chat(Basis.HELLO);
    Streams.mustTellError(chat.with("temperature", -1).stream(), "temperature is -1");
    Streams.mustTellError(
        chat.with("model", ErrorSuite.NO_MODEL).stream(), "nobody serves the model");
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
