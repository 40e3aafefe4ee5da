package dev.meshcheck.suites.suite.chat;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.is;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Epoch;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.OneToken;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Schema;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Streams;
import dev.meshcheck.suites.check.Trait;
import dev.meshcheck.suites.check.Tries;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the chunks of a streamed chat answer hold. */
public final class ChatChunkSuite {

  @Check(
      id = "chat-stream.has-the-documented-shape",
      title = "every chunk has the documented fields with the documented types",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"a gateway rewrites chunks"},
      about = {Reason.SCHEMA_MISMATCH})
  void shape(Probe probe) {
    ChatStreams.kinds(probe)
        .each(events -> events.chunks().forEach(c -> Schema.mustHold("chat-chunk", c)));
  }

  @Check(
      id = "chat-stream.role-comes-first",
      title = "the first delta of each choice has the role assistant",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"the first chunk is lost", "the gateway merges chunks"},
      about = {Reason.SCHEMA_MISMATCH})
  void roleComesFirst(Probe probe) {
    ChatStreams.kinds(probe).each(events -> mustBeginWithTheRole(events.chunks()));
  }

  private static void mustBeginWithTheRole(List<Json> chunks) {
    Set<Long> begun = new TreeSet<>();
    for (Json chunk : chunks) {
      for (Json choice : chunk.at("/choices").optionalItems()) {
        if (begun.add(Streams.indexOf(choice))) {
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
      elsewhere = INFO,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"the gateway builds every delta from a whole message"})
  void roleIsNotRepeated(Probe probe) {
    ChatStreams.kinds(probe).each(events -> mustNotRepeatTheRole(events.chunks()));
  }

  private static void mustNotRepeatTheRole(List<Json> chunks) {
    Set<Long> begun = new TreeSet<>();
    for (Json chunk : chunks) {
      for (Json choice : chunk.at("/choices").optionalItems()) {
        if (!begun.add(Streams.indexOf(choice))) {
          Optional<String> role = choice.at("/delta/role").optionalText();
          Expect.that(
              Reason.WRONG_VALUE,
              role.isEmpty(),
              "a later delta tells the role again: " + role.orElse(""),
              "a role in the first delta alone",
              role.orElse(""));
        }
      }
    }
  }

  @Check(
      id = "chat-stream.created-is-seconds",
      title = "created of every chunk is a time in seconds",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"the time is in milliseconds"})
  void createdIsSeconds(Probe probe) {
    ChatStreams.kinds(probe)
        .each(events -> events.chunks().forEach(c -> Epoch.mustBeSeconds(c.at("/created"))));
  }

  @Check(
      id = "chat-stream.identity-is-constant",
      title = "id, object and model stay the same over the stream",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"streams of several requests are mixed"})
  void identityIsConstant(Probe probe) {
    ChatStreams.kinds(probe)
        .each(events -> Streams.mustStayTheSame(events.chunks(), "/id", "/object", "/model"));
  }

  @Check(
      id = "chat-stream.names-the-model-of-the-whole",
      title = "the chunks of a stream name the model that the whole answer names",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"the name is put back to the one that was asked for in whole answers alone"})
  void namesTheModelOfTheWhole(Probe probe) {
    String whole = Given.text(Basis.judge(probe, CHAT).json().at("/model"));
    Streams.mustName(ChatStreamSuite.stream(probe).chunks(), whole);
  }

  @Check(
      id = "chat-stream.created-is-constant",
      title = "created stays the same over every stream, however long it takes",
      level = MUST,
      route = CHAT,
      when = Trait.TENSORMESH,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"each chunk is stamped anew"})
  void createdIsConstant(Probe probe) {
    ChatStreams.kinds(probe).each(events -> Streams.mustStayTheSame(events.chunks(), "/created"));
  }

  @Check(
      id = "chat-stream.created-elsewhere",
      title = "whether created stays the same over a long stream is recorded",
      level = INFO,
      route = CHAT,
      when = Trait.ELSEWHERE,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"SGLang stamps each chunk anew, against OpenAI's documentation"})
  void createdElsewhere(Probe probe) {
    ChatStreams.kinds(probe).each(events -> Streams.mustStayTheSame(events.chunks(), "/created"));
    probe.record("created never changes within a stream");
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
    Streams.mustFinishOnce(ChatStreamSuite.stream(probe).chunks(), ChatSuite.FINISH_REASONS);
  }

  @Check(
      id = "chat-stream.chunks-have-choices",
      title = "every chunk behind the first has choices, or tells usage or an error",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"a gateway keeps the connection alive by empty chunks, and not by SSE comments"})
  void haveChoices(Probe probe) {
    ChatStreams.kinds(probe).each(events -> Streams.mustHaveChoices(events.chunks()));
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
    long texts =
        chunks.stream()
            .flatMap(chunk -> chunk.at("/choices").optionalItems().stream())
            .filter(choice -> !Streams.deltaText(choice).isEmpty())
            .count();
    // A model may end with its very first token; then there is no text, and nothing was cut.
    if (texts > 0) {
      OneToken.mustBeLength(finish, texts);
    }
  }

  @Check(
      id = "chat-stream.n-2-streams-two-choices",
      title = "n 2 streams two choices with the indexes 0 and 1, each from its role to its finish",
      level = SHOULD,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"the gateway drops n", "the indexes are lost on the way"})
  void twoChoices(Probe probe) {
    Given.that(() -> Said.unlessRefused(ChatCountSuite.twoCut(probe), "n above 1"));
    Ask two = ChatCountSuite.twoCutStreamed(probe);
    Set<Long> indexes = new TreeSet<>();
    List<Json> chunks = Given.stream(two).chunks();
    for (Json chunk : chunks) {
      chunk.at("/choices").optionalItems().forEach(choice -> indexes.add(Streams.indexOf(choice)));
    }
    Expect.that("the indexes", List.copyOf(indexes), is(List.of(0L, 1L)));
    mustBeginWithTheRole(chunks);
    Streams.mustFinishOnce(chunks, ChatSuite.FINISH_REASONS);
  }

  @Check(
      id = "chat-stream.has-text",
      title = "the deltas hold content, reasoning or tool calls",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"the output parser swallows the text"})
  void hasText(Probe probe) {
    List<Json> chunks = ChatStreamSuite.stream(probe).chunks();
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
    Tries.pairs(
        probe,
        nth -> {
          Json whole = Given.answered(Basis.ask(probe, CHAT).again(nth)).json();
          String text =
              whole
                  .at("/choices/0/message/content")
                  .optionalText()
                  .orElseThrow(() -> new Inapplicable("the model answered with reasoning alone"));
          List<Json> chunks = Given.stream(ChatStreamSuite.ask(probe).again(nth)).chunks();
          Expect.that("the joined deltas", Streams.contentOf(chunks, "/delta/content"), is(text));
        });
  }
}
