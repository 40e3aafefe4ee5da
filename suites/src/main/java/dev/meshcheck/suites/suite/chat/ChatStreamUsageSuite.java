package dev.meshcheck.suites.suite.chat;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.is;

import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
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
import dev.meshcheck.suites.check.Tools;
import dev.meshcheck.suites.check.Usage;
import java.util.List;
import java.util.Map;

/** Usage in a streamed chat answer. */
public final class ChatStreamUsageSuite {

  @Check(
      id = "chat-stream.tells-usage-when-asked",
      title = "with include_usage the stream tells usage, and it adds up",
      level = MUST,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"stream_options is refused, or dropped on the way", "the last chunk is lost"})
  void tellsUsage(Probe probe) {
    Ask ask = ChatStreamSuite.withUsage(probe);
    Answered answered = ask.stream();
    if (answered.isWhole() && answered.isRefusedAsBad()) {
      answered.mustBe(200);
    }
    Streams.mustTellUsage(Given.stream(ask).chunks());
  }

  @Check(
      id = "chat-stream.usage-comes-last-and-alone",
      title = "usage comes once, in the last chunk, which holds no choices",
      level = SHOULD,
      elsewhere = INFO,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"usage is put on every chunk", "usage is put on the finishing chunk"})
  void usageComesLast(Probe probe) {
    Streams.mustTellUsageLast(ChatStreamSuite.stream(probe).chunks());
  }

  @Check(
      id = "chat-stream.no-usage-unasked",
      title = "without stream_options no chunk tells usage",
      level = SHOULD,
      elsewhere = INFO,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"the gateway asks for usage on its own account and passes it on"})
  void noUsageUnasked(Probe probe) {
    mustTellNone(Given.stream(probe.chat(Basis.HELLO)).chunks());
  }

  private static void mustTellNone(List<Json> chunks) {
    Expect.that("the number of chunks with usage", toldIn(chunks), is(0L));
  }

  private static long toldIn(List<Json> chunks) {
    return chunks.stream().filter(chunk -> chunk.at("/usage").present()).count();
  }

  @Check(
      id = "chat-stream.no-usage-where-it-is-refused",
      title = "with include_usage false no chunk tells usage",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"the gateway looks whether stream_options are there, and not what they say"})
  void noUsageRefused(Probe probe) {
    if (toldIn(Given.stream(probe.chat(Basis.HELLO)).chunks()) > 0) {
      throw new Inapplicable("the host tells usage that nobody asked for");
    }
    Ask refusing = probe.chat(Basis.HELLO).with("stream_options", Map.of("include_usage", false));
    mustTellNone(refusing.stream().events().mustBeWellFormed().chunks());
  }

  @Check(
      id = "chat-stream.counts-tools-like-the-whole",
      title = "a stream with a tool counts the same prompt tokens as the whole answer",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {
        "with tools, the usage of a stream is that of no request",
        "the streaming path counts the prompt before the tools are put into it"
      })
  void countsToolsLikeTheWhole(Probe probe) {
    Json answer = Said.unlessRefused(Tools.ask(probe), "tools").json();
    Usage whole = Given.that(() -> Usage.given(answer.at("/usage")));
    Given.that(whole::mustCountThePrompt);
    Ask ask = Tools.ask(probe).with("stream_options", Map.of("include_usage", true));
    Usage streamed = Given.that(() -> Streams.mustTellUsage(Given.stream(ask).chunks()));
    Expect.that("prompt_tokens of the stream with a tool", streamed.prompt(), is(whole.prompt()));
  }

  @Check(
      id = "chat-stream.counts-calls-like-the-whole",
      title = "a stream with the call of the whole answer tells the same completion tokens",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {
        "usage is lost where a stream ends with a call",
        "usage of streams is estimated from chunks, and a call is few of them"
      })
  void countsCallsLikeTheWhole(Probe probe) {
    Given.that(() -> Streams.mustTellUsage(ChatStreamSuite.stream(probe).chunks()));
    Json answer = Said.unlessRefused(Tools.ask(probe), "tools").json();
    Usage whole = Usage.given(answer.at("/usage"));
    Given.that(whole::mustCountTheAnswer);
    List<Json> calls = Tools.callsOf(answer);
    Ask ask = Tools.ask(probe).with("stream_options", Map.of("include_usage", true));
    List<Json> chunks = Given.stream(ask).chunks();
    String arguments = Streams.contentOf(chunks, "/delta/tool_calls/0/function/arguments");
    if (calls.size() != 1
        || arguments.isEmpty()
        || !arguments.equals(calls.get(0).at("/function/arguments").node().asText())) {
      throw new Inapplicable("the stream and the whole answer do not make the same one call");
    }
    Expect.that(
        "completion_tokens of the stream with a call",
        Streams.mustTellUsage(chunks).completion(),
        is(whole.completion()));
  }

  @Check(
      id = "chat-stream.counts-the-prompt-like-the-whole",
      title = "a streamed answer counts the same prompt tokens as a whole one",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"usage of streams is estimated by the gateway"})
  void countsLikeTheWhole(Probe probe) {
    Usage whole = Given.that(() -> Usage.given(Basis.judge(probe, CHAT).json().at("/usage")));
    Usage streamed =
        Given.that(() -> Streams.mustTellUsage(ChatStreamSuite.stream(probe).chunks()));
    Expect.that("prompt_tokens of the stream", streamed.prompt(), is(whole.prompt()));
  }

  @Check(
      id = "chat-stream.counts-the-answer-like-the-whole",
      title = "a streamed answer with the text of the whole one counts the same completion tokens",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"usage of streams is estimated by the gateway, from characters or chunks"})
  void countsTheAnswerLikeTheWhole(Probe probe) {
    Json whole = Given.that(() -> Basis.judge(probe, CHAT).json());
    List<Json> chunks = ChatStreamSuite.stream(probe).chunks();
    String text = ChatParametersSuite.textOf(whole.at("/choices/0/message"));
    if (!text.equals(Streams.everythingSaid(chunks))) {
      throw new Inapplicable("the stream has another text than the whole answer");
    }
    Usage streamed = Given.that(() -> Streams.mustTellUsage(chunks));
    Expect.that(
        "completion_tokens of the stream, beside those of the whole answer,",
        streamed.completion(),
        is(Usage.given(whole.at("/usage")).completion()));
  }

  @Check(
      id = "chat-stream.usage-parts-fit",
      title =
          "reasoning and cached tokens of a stream are at most the counts that they are part of",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"the details are counted over several requests"})
  void usageParts(Probe probe) {
    ChatStreams.kinds(probe).each(events -> events.chunks().forEach(c -> mustFit(c.at("/usage"))));
  }

  private static void mustFit(Json usage) {
    if (usage.present()) {
      Usage told = Usage.ofChat(usage);
      told.mustHoldItsReasoning(usage);
      Usage.mustBePartOf(usage.at("/prompt_tokens_details/cached_tokens"), told.prompt());
    }
  }
}
