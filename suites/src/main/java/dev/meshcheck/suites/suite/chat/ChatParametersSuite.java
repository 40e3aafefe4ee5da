package dev.meshcheck.suites.suite.chat;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Cut;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.OneToken;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Refusals;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Streams;
import dev.meshcheck.suites.check.Trait;
import dev.meshcheck.suites.check.Usage;
import java.util.List;
import java.util.Map;

/** What the parameters of a chat request do to its answer. */
public final class ChatParametersSuite {

  private static final String LONG = "Count from 1 to 60.";
  private static final int FEW_TOKENS = 4;

  /** The role, the reason, usage and the end. */
  private static final int EVENTS_AROUND = 4;

  /** More than a count to sixty takes, and few enough to pay for. */
  private static final int MANY_EVENTS = 400;

  @Check(
      id = "chat.max-tokens-1-ends-with-length",
      title = "max_tokens 1 gives one token and finish_reason length",
      level = MUST,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"max_tokens is not passed on", "hidden tokens are counted or left out"})
  void maxTokensOne(Probe probe) {
    mustEndAfterOneToken(probe.chat(Basis.HELLO).with("max_tokens", 1).send().mustBe(200).json());
  }

  @Check(
      id = "chat.max-completion-tokens-works",
      title = "max_completion_tokens limits the answer as max_tokens does",
      level = SHOULD,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"the gateway knows only the older name"})
  void maxCompletionTokens(Probe probe) {
    mustEndAfterOneToken(
        probe
            .chat(Basis.HELLO)
            .without("max_tokens")
            .with("max_completion_tokens", 1)
            .send()
            .mustBe(200)
            .json());
  }

  @Check(
      id = "chat-stream.max-completion-tokens-works",
      title = "max_completion_tokens limits a stream as it limits a whole answer",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      pack = Pack.FULL,
      ifItFails = {"the newer name of the limit is lost where an answer is streamed"})
  void maxCompletionTokensOfAStream(Probe probe) {
    Given.that(() -> maxCompletionTokens(probe));
    Ask limited = probe.chat(LONG).without("max_tokens").with("max_completion_tokens", FEW_TOKENS);
    List<Json> chunks = Given.chunks(limited.streamAndHangUpAfter(MANY_EVENTS));
    Expect.that(
        Reason.WRONG_VALUE,
        // What a cut stream gives as its reason is for another check.
        Cut.is(chunks) || chunks.size() <= FEW_TOKENS + EVENTS_AROUND,
        "a stream with max_completion_tokens "
            + FEW_TOKENS
            + " goes on for "
            + chunks.size()
            + " chunks",
        "finish_reason length",
        "the reasons " + Streams.finishReasons(chunks));
  }

  @Check(
      id = "chat.needs-no-option",
      title = "a chat request without limit and temperature is taken",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "max_tokens is required, as other APIs have it: most clients send none",
        "temperature is required"
      })
  void needsNoOption(Probe probe) {
    Said.taken(unlimited(probe));
  }

  /** Broken off, so that nobody pays for an answer without end. */
  private static Answered unlimited(Probe probe) {
    return probe
        .chat(LONG)
        .without("max_tokens")
        .without("temperature")
        .streamAndHangUpAfter(MANY_EVENTS);
  }

  @Check(
      id = "chat.takes-who-asks",
      title = "user and metadata, which change nothing, are taken",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"a gateway refuses fields that it does not know, and clients send them"})
  void whoAsks(Probe probe) {
    Ask user = probe.chat(Basis.HELLO).with("max_tokens", FEW_TOKENS).with("user", "meshcheck");
    Answered both = user.with("metadata", Map.of("purpose", "meshcheck")).send();
    // OpenAI takes metadata of what is stored alone.
    boolean forStored = both.isWhole() && both.status() == 400 && both.body().contains("store");
    Said.taken(forStored ? user.send() : both);
  }

  @Check(
      id = "chat.no-limit-unasked",
      title = "without max_tokens an answer of a few hundred tokens is not cut",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"the server or a gateway sets a small max_tokens where nobody asked for one"})
  void noLimitUnasked(Probe probe) {
    List<Json> chunks = Given.that(() -> unlimited(probe).mustBe(200).events().chunks());
    Expect.that(
        Reason.WRONG_VALUE,
        !Cut.is(chunks),
        "an answer without max_tokens is cut by a limit after " + chunks.size() + " chunks",
        "an answer that ends by itself, or goes on for " + MANY_EVENTS + " chunks",
        "finish_reason length");
  }

  private static void mustEndAfterOneToken(Json answer) {
    OneToken.mustBeTheEnd(answer, () -> textOf(answer.at("/choices/0/message")));
  }

  /** Content and reasoning of a message, under all the names in use. */
  static String textOf(Json message) {
    return List.of("/content", "/reasoning", "/reasoning_content").stream()
        .map(pointer -> message.at(pointer).optionalText().orElse(""))
        .reduce("", String::concat);
  }

  @Check(
      id = "chat.max-tokens-is-kept",
      title = "completion_tokens never exceeds max_tokens",
      level = MUST,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"the limit is not passed on", "reasoning tokens are outside the limit"})
  void maxTokensIsKept(Probe probe) {
    Json usage = ChatCountSuite.cut(probe).send().mustBe(200).json();
    Expect.that(
        "completion_tokens with max_tokens " + ChatCountSuite.LIMIT,
        Usage.given(usage.at("/usage")).completion(),
        is(lessThanOrEqualTo(ChatCountSuite.LIMIT)));
  }

  @Check(
      id = "chat.both-limits-are-no-server-error",
      title = "max_tokens beside max_completion_tokens is answered or refused, never a 5xx",
      level = SHOULD,
      route = CHAT,
      source = Sources.CHAT,
      ifItBreaks = {"the gateway fails on a request that the documentation allows"})
  void bothLimits(Probe probe) {
    Refusals.mustNotBeServerError(probe.chat(Basis.HELLO).with("max_completion_tokens", 5).send());
  }

  @Check(
      id = "chat.n-2-gives-two-choices",
      title = "n 2 gives two choices with the indexes 0 and 1",
      level = SHOULD,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"the gateway drops n", "the engine supports one choice only"})
  void twoChoices(Probe probe) {
    Json answer = ChatCountSuite.twoCut(probe).send().mustBe(200).json();
    List<Json> choices = answer.at("/choices").items();
    Expect.that("the number of choices", choices.size(), is(2));
    List<Long> indexes = choices.stream().map(c -> Given.integer(c.at("/index"))).toList();
    Expect.that("the indexes", indexes.stream().sorted().toList(), is(List.of(0L, 1L)));
    Usage usage = Usage.given(answer.at("/usage"));
    usage.mustAddUp();
    long once = Usage.given(Given.answered(ChatCountSuite.cut(probe)).json().at("/usage")).prompt();
    Expect.that("prompt_tokens, counted once for both choices,", usage.prompt(), is(once));
  }

  @Check(
      id = "chat.n-2-at-temperature-0-is-400",
      title = "n above 1 with temperature 0 is refused with 400",
      level = MUST,
      route = CHAT,
      when = Trait.TENSORMESH,
      source = Sources.CHAT,
      ifItFails = {"the gateway drops n or temperature before the engine sees them"})
  void twoGreedyChoices(Probe probe) {
    probe.chat(Basis.HELLO).with("n", 2).with("temperature", 0).send().mustBe(400);
  }

  @Check(
      id = "chat.temperature-range-is-checked",
      title = "a negative temperature is refused",
      level = MUST,
      elsewhere = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"sampling parameters are not validated"},
      ifItBreaks = {"sampling parameters are not validated"})
  void temperatureRange(Probe probe) {
    probe.chat(Basis.HELLO).with("temperature", -1).send().mustBeRefusedAsBad("temperature is -1");
  }

  @Check(
      id = "chat.unknown-fields-are-no-server-error",
      title = "an unknown field is ignored or refused, never a 5xx",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItBreaks = {"a strict parser in the gateway throws"})
  void unknownFields(Probe probe) {
    Refusals.mustNotBeServerError(
        probe
            .chat(Basis.HELLO)
            .with("max_tokens", 4)
            .with("meshcheck_unknown", Map.of("a", 1))
            .send());
  }
}
