package dev.meshcheck.suites.suite.chat;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Usage;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Usage of POST /v1/chat/completions. */
public final class ChatUsageSuite {

  @Check(
      id = "chat.usage-counts-the-prompt",
      title = "a prompt costs at least one token",
      level = MUST,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"usage is a placeholder", "cached tokens are left out of the count"})
  void usageCountsThePrompt(Probe probe) {
    Usage.given(ChatSuite.plain(probe).at("/usage")).mustCountThePrompt();
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
      },
      about = {Reason.SCHEMA_MISMATCH})
  void usageAddsUp(Probe probe) {
    Usage.ofChat(ChatSuite.plain(probe).at("/usage")).mustAddUp();
  }

  @Check(
      id = "chat.cached-tokens-are-part-of-the-prompt",
      title = "cached_tokens is at most prompt_tokens",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"the cache counts across requests"})
  void cachedTokens(Probe probe) {
    Json usage = ChatSuite.plain(probe).at("/usage");
    Json cached = usage.at("/prompt_tokens_details/cached_tokens");
    if (!cached.present()) {
      throw new Inapplicable("the host tells no cached_tokens");
    }
    Usage.mustBePartOf(cached, Usage.given(usage).prompt());
  }

  @Check(
      id = "chat.content-parts-count-like-text",
      title =
          "content as a list of text parts costs the prompt tokens of the text, each part its own",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "the chat template renders parts differently",
        "the parts are dropped, or all but one of them"
      })
  void contentParts(Probe probe) {
    long asText = Usage.given(ChatSuite.plain(probe).at("/usage")).prompt();
    var part = Map.of("type", "text", "text", Basis.HELLO);
    Expect.that("prompt_tokens of the parts", promptOf(probe, List.of(part)), is(asText));
    Expect.that(
        "prompt_tokens of the same part twice",
        promptOf(probe, List.of(part, part)),
        is(greaterThan(asText)));
  }

  private static long promptOf(Probe probe, List<?> parts) {
    var message = Map.of("role", "user", "content", parts);
    Ask ask = probe.chat("").with("messages", List.of(message)).with("max_tokens", 1);
    return Usage.given(Said.taken(ask.send()).json().at("/usage")).prompt();
  }

  @Check(
      id = "chat.parts-of-an-answer-count-like-text",
      title = "an earlier answer as a list of text parts costs the prompt tokens of the text",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "parts are read in messages of the role user alone: the model does not know its own answers"
      })
  void partsOfAnAnswer(Probe probe) {
    String text = "I am well, and I hope that you are well, too.";
    long asText = Usage.given(Given.answered(answered(probe, text)).json().at("/usage")).prompt();
    var parts = List.of(Map.of("type", "text", "text", text));
    Json usage = Said.unlessRefused(answered(probe, parts), "answers in parts").json().at("/usage");
    Expect.that(
        "prompt_tokens with an earlier answer in parts", Usage.given(usage).prompt(), is(asText));
  }

  /** A conversation that goes on after an answer with that content. */
  private static Ask answered(Probe probe, Object content) {
    var messages =
        List.of(
            Map.of("role", "user", "content", "How are you?"),
            Map.of("role", "assistant", "content", content),
            Map.of("role", "user", "content", Basis.HELLO));
    return probe.chat("").with("messages", messages).with("max_tokens", 1);
  }

  @Check(
      id = "chat.reasoning-tokens-are-part-of-the-answer",
      title = "reasoning_tokens is at most completion_tokens",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"reasoning is counted apart, so that it is not billed or billed twice"})
  void reasoningTokens(Probe probe) {
    Json usage = ChatSuite.plain(probe).at("/usage");
    if (!Usage.tellsReasoning(usage)) {
      throw new Inapplicable("the host tells no reasoning_tokens");
    }
    Usage.given(usage).mustHoldItsReasoning(usage);
  }

  @Check(
      id = "chat.reasoning",
      title = "whether reasoning is told apart from the answer is recorded",
      level = INFO,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {"nothing is promised here: most models do not reason"})
  void reasoning(Probe probe) {
    Json message = ChatSuite.plain(probe).at("/choices/0/message");
    String told =
        Stream.of("reasoning", "reasoning_content")
            .filter(name -> !message.at("/" + name).optionalText().orElse("").isBlank())
            .findFirst()
            .orElseThrow(() -> new Inapplicable("the model showed no reasoning"));
    probe.record("reasoning comes in " + told);
  }

  @Check(
      id = "chat.usage-counts-the-answer",
      title = "an answer with text costs at least one token",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"usage is a placeholder", "generated tokens are not counted"})
  void usageCountsTheAnswer(Probe probe) {
    Json answer = ChatSuite.plain(probe);
    if (ChatParametersSuite.textOf(answer.at("/choices/0/message")).isEmpty()) {
      throw new Inapplicable("the plain answer has no text");
    }
    Usage.given(answer.at("/usage")).mustCountTheAnswer();
  }
}
