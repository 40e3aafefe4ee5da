package dev.meshcheck.suites.suite;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Epoch;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Schema;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Trait;
import dev.meshcheck.suites.check.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** POST /v1/chat/completions: the plain answer and what always holds of it. */
public final class ChatSuite {

  /** What a choice may end with; other words are new to every client. */
  static final List<String> FINISH_REASONS =
      List.of("stop", "length", "tool_calls", "content_filter", "function_call");

  private static Json plain(Probe probe) {
    return Basis.judge(probe, CHAT).json();
  }

  @Check(
      id = "chat.answers",
      title = "a chat request with valid credentials is answered with 200 and JSON",
      level = MUST,
      route = CHAT,
      source = Sources.CHAT,
      pack = Pack.SMOKE,
      first = true,
      ifItFails = {
        "the key, X-User-Id or the model name is wrong",
        "the model is not deployed, or still loads",
        "the base URL has a doubled or missing /v1"
      })
  void answers(Probe probe) {
    Basis.judge(probe, CHAT);
  }

  @Check(
      id = "chat.content-type-is-json",
      title = "a chat answer says that it is application/json",
      level = MUST,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"a proxy rewrites headers"})
  void contentTypeIsJson(Probe probe) {
    Refusals.mustDeclareJson(Basis.judge(probe, CHAT));
  }

  @Check(
      id = "chat.has-the-documented-shape",
      title = "a chat answer has the documented fields with the documented types",
      level = MUST,
      route = CHAT,
      source = Sources.CHAT,
      pack = Pack.SMOKE,
      ifItFails = {"a gateway rewrites bodies", "a server of another API answers"})
  void shape(Probe probe) {
    Schema.mustHold("chat-completion", plain(probe));
  }

  @Check(
      id = "chat.created-is-seconds",
      title = "created is a time in seconds",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"the time is in milliseconds", "the server's clock is far off"})
  void createdIsSeconds(Probe probe) {
    Epoch.mustBeSeconds(plain(probe).at("/created"));
  }

  @Check(
      id = "chat.model-is-echoed",
      title = "the answer names the model that the request named",
      level = SHOULD,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"the gateway routes to another model", "an alias is resolved in the answer"})
  void modelIsEchoed(Probe probe) {
    Expect.that("model", plain(probe).at("/model").text(), is(probe.model()));
  }

  @Check(
      id = "chat.usage-counts-the-prompt",
      title = "a prompt costs at least one token",
      level = MUST,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"usage is a placeholder", "cached tokens are left out of the count"})
  void usageCountsThePrompt(Probe probe) {
    Usage.ofChat(plain(probe).at("/usage")).mustCountThePrompt();
  }

  @Check(
      id = "chat.usage-adds-up",
      title = "total_tokens is the sum of prompt_tokens and completion_tokens",
      level = MUST,
      route = CHAT,
      source = Sources.CHAT,
      pack = Pack.SMOKE,
      ifItFails = {
        "the gateway rewrites usage",
        "a proxy strips fields",
        "speculative decoding miscounts"
      })
  void usageAddsUp(Probe probe) {
    Usage.ofChat(plain(probe).at("/usage")).mustAddUp();
  }

  @Check(
      id = "chat.cached-tokens-are-part-of-the-prompt",
      title = "cached_tokens is at most prompt_tokens",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"the cache counts across requests"})
  void cachedTokens(Probe probe) {
    Json usage = plain(probe).at("/usage");
    Json cached = usage.at("/prompt_tokens_details/cached_tokens");
    Usage.mustBePartOf(cached, Usage.ofChat(usage).prompt());
  }

  @Check(
      id = "chat.reasoning-tokens-are-part-of-the-answer",
      title = "reasoning_tokens is at most completion_tokens",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"reasoning is counted apart, so that it is not billed or billed twice"})
  void reasoningTokens(Probe probe) {
    Json usage = plain(probe).at("/usage");
    Json reasoning = usage.at("/completion_tokens_details/reasoning_tokens");
    if (reasoning.present()) {
      Usage.mustBePartOf(reasoning, Usage.ofChat(usage).completion());
    }
  }

  @Check(
      id = "chat.finish-reason-is-known",
      title = "finish_reason is one of the documented words",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"an engine error is passed on as a finish reason"})
  void finishReasonIsKnown(Probe probe) {
    Expect.that(
        "finish_reason",
        plain(probe).at("/choices/0/finish_reason").text(),
        is(in(FINISH_REASONS)));
  }

  @Check(
      id = "chat.one-choice-by-default",
      title = "a request without n gets exactly one choice, with index 0",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"the gateway fans requests out"})
  void oneChoice(Probe probe) {
    List<Json> choices = plain(probe).at("/choices").items();
    Expect.that("the number of choices", choices.size(), is(1));
    Expect.that("index", choices.get(0).at("/index").integer(), is(0L));
  }

  @Check(
      id = "chat.says-something",
      title = "an answer that stopped by itself holds content, reasoning, a refusal or a tool call",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"the output parser swallows the text", "the chat template is broken"})
  void saysSomething(Probe probe) {
    Json choice = plain(probe).at("/choices/0");
    if (choice.at("/finish_reason").optionalText().equals(Optional.of("length"))) {
      return;
    }
    Json message = choice.at("/message");
    boolean something =
        List.of("/content", "/refusal", "/reasoning", "/reasoning_content").stream()
                .map(message::at)
                .anyMatch(text -> text.present() && !text.text().isBlank())
            || !message.at("/tool_calls").optionalItems().isEmpty();
    Expect.that(
        Reason.WRONG_VALUE,
        something,
        "the answer stopped by itself and is empty",
        "content, reasoning, a refusal or a tool call",
        message.toString());
  }

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

  private static void mustEndAfterOneToken(Json answer) {
    long completion = Usage.ofChat(answer.at("/usage")).completion();
    String finish = answer.at("/choices/0/finish_reason").text();
    // A model may end with its very first token; then there is no text, and nothing was cut.
    boolean endedAtOnce =
        finish.equals("stop") && textOf(answer.at("/choices/0/message")).isEmpty();
    if (!endedAtOnce) {
      Expect.that("finish_reason", finish, is("length"));
    }
    Expect.that("completion_tokens", completion, is(lessThanOrEqualTo(1L)));
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
    Json usage =
        probe.chat("Count from one to fifty.").with("max_tokens", 7).send().mustBe(200).json();
    Expect.that(
        "completion_tokens with max_tokens 7",
        Usage.ofChat(usage.at("/usage")).completion(),
        is(lessThanOrEqualTo(7L)));
  }

  @Check(
      id = "chat.both-limits-are-no-server-error",
      title = "max_tokens beside max_completion_tokens is answered or refused, never a 5xx",
      level = SHOULD,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"the gateway fails on a request that the documentation allows"})
  void bothLimits(Probe probe) {
    Refusals.mustNotBeServerError(probe.chat(Basis.HELLO).with("max_completion_tokens", 5).send());
  }

  @Check(
      id = "chat.ids-differ",
      title = "two answers have different ids",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"a cache answers whole requests", "ids are made from the request"})
  void idsDiffer(Probe probe) {
    String first = plain(probe).at("/id").text();
    String second = probe.chat(Basis.HELLO).again(2).send().mustBe(200).json().at("/id").text();
    Expect.that("the second id", second, is(not(first)));
  }

  @Check(
      id = "chat.n-2-gives-two-choices",
      title = "n 2 gives two choices with the indexes 0 and 1",
      level = SHOULD,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"the gateway drops n", "the engine supports one choice only"})
  void twoChoices(Probe probe) {
    Json answer =
        probe.chat(Basis.HELLO).with("n", 2).with("temperature", 0.8).send().mustBe(200).json();
    List<Long> indexes =
        answer.at("/choices").items().stream().map(c -> c.at("/index").integer()).toList();
    Expect.that("the indexes", indexes.stream().sorted().toList(), is(List.of(0L, 1L)));
    Usage usage = Usage.ofChat(answer.at("/usage"));
    usage.mustAddUp();
    long once = Usage.ofChat(plain(probe).at("/usage")).prompt();
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
      id = "chat.unknown-fields-are-no-server-error",
      title = "an unknown field is ignored or refused, never a 5xx",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {"a strict parser in the gateway throws"})
  void unknownFields(Probe probe) {
    Refusals.mustNotBeServerError(
        probe.chat(Basis.HELLO).with("meshcheck_unknown", Map.of("a", 1)).send());
  }

  @Check(
      id = "chat.request-id",
      title = "whether a request id comes back is recorded",
      level = INFO,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {"nothing is promised here"})
  void requestId(Probe probe) {
    String mine = "meshcheck-request-id";
    var answer = probe.chat(Basis.HELLO).header("X-Request-Id", mine).send().mustBe(200);
    boolean inId = answer.json().at("/id").text().contains(mine);
    String header = answer.answer().headers().first("X-Request-Id").orElse("none");
    probe.record("X-Request-Id in the answer: " + header + (inId ? ", and in its id" : ""));
  }

  @Check(
      id = "chat.content-parts-count-like-text",
      title = "content as a list of text parts costs the same prompt tokens as the text",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"the chat template renders parts differently", "the parts are dropped"})
  void contentParts(Probe probe) {
    long asText = Usage.ofChat(plain(probe).at("/usage")).prompt();
    var part = Map.of("type", "text", "text", Basis.HELLO);
    var message = Map.of("role", "user", "content", List.of(part));
    Json parts =
        probe.chat("").with("messages", List.of(message)).send().mustBe(200).json().at("/usage");
    Expect.that("prompt_tokens of the parts", Usage.ofChat(parts).prompt(), is(asText));
  }

  @Check(
      id = "chat.seed-repeats",
      title = "whether the same seed gives the same text is recorded",
      level = INFO,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      pack = Pack.FULL,
      ifItFails = {"nothing is promised here: batching and caches change the last bits"})
  void seedRepeats(Probe probe) {
    Set<String> texts =
        IntStream.rangeClosed(2, 4)
            .mapToObj(i -> probe.chat(Basis.HELLO).with("seed", 7).again(i).send().mustBe(200))
            .map(answer -> answer.json().at("/choices/0/message/content").toString())
            .collect(Collectors.toSet());
    probe.record("3 warm runs with seed 7 gave " + texts.size() + " different texts");
  }

  @Check(
      id = "chat.temperature-range-is-checked",
      title = "a negative temperature is refused",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"sampling parameters are not validated"})
  void temperatureRange(Probe probe) {
    probe.chat(Basis.HELLO).with("temperature", -1).send().mustBeRefused("temperature is -1");
  }

  @Check(
      id = "chat.usage-counts-the-answer",
      title = "an answer with text costs at least one token",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"usage is a placeholder", "generated tokens are not counted"})
  void usageCountsTheAnswer(Probe probe) {
    Json answer = plain(probe);
    if (textOf(answer.at("/choices/0/message")).isEmpty()) {
      throw new Inapplicable("the plain answer has no text");
    }
    Usage.ofChat(answer.at("/usage")).mustCountTheAnswer();
  }
}
