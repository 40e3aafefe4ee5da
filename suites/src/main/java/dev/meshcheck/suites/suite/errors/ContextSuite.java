package dev.meshcheck.suites.suite.errors;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.fixtures.surface.RouteName.COMPLETIONS;
import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.CouldNotRun;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Streams;
import dev.meshcheck.suites.check.Usage;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Requests that do not fit into the model's context, built from exact counts of tokens. */
public final class ContextSuite {

  private static final String PIECE = "hello ";

  /** Enough pieces for a rate that special tokens do not spoil. */
  private static final int SAMPLE = 500;

  /** So that the prompt alone is too long, whatever the count of its last pieces is. */
  private static final int MARGIN = 64;

  /** No model has a context of more tokens. */
  private static final long MOST_TO_SEND = 20_000_000;

  /** Longer prompts are refused for their bytes, long before anybody counts tokens. */
  private static final int MOST_CHARACTERS = 6_000_000;

  /** How proxies refuse a body by its bytes. */
  private static final List<Integer> TOO_LARGE = List.of(413, 414, 431);

  private static final Pattern TELLS_LENGTH =
      Pattern.compile("(?i)context|length|too long|max_model_len|maximum|tokens");

  private static Json tokenized(Probe probe, String text) {
    if (probe.target().surface().route(RouteName.TOKENIZE).isEmpty()) {
      throw new Inapplicable("the surface has no /tokenize to count with");
    }
    Given.that(() -> Basis.judge(probe, RouteName.TOKENIZE));
    return Given.that(() -> Said.unlessRefused(probe.tokenize(text), "/tokenize").json().object());
  }

  /** How many tokens prompt and answer may have together, as /tokenize says. */
  private static long contextLength(Probe probe) {
    Json told = tokenized(probe, Basis.HELLO).at("/max_model_len");
    if (!told.node().canConvertToLong() || told.node().longValue() > MOST_TO_SEND) {
      throw new Inapplicable("/tokenize tells no max_model_len that a prompt could be longer than");
    }
    return told.integer();
  }

  /** A prompt that is longer than the context by its own count. */
  private static String tooLong(Probe probe) {
    long length = contextLength(probe);
    double each = (double) count(probe, PIECE.repeat(SAMPLE)) / SAMPLE;
    double pieces = Math.ceil((length + MARGIN) / Math.max(each, 0.1));
    if (pieces * PIECE.length() > MOST_CHARACTERS) {
      throw new Inapplicable("a prompt longer than " + length + " tokens would be megabytes");
    }
    String prompt = PIECE.repeat((int) pieces);
    long count = count(probe, prompt);
    if (count <= length) {
      throw new CouldNotRun(
          Reason.PREREQUISITE_FAILED,
          "no prompt was found that /tokenize counts above " + length + ": " + count);
    }
    return prompt;
  }

  /** The answer of who counts tokens: what a proxy finds too large was never counted. */
  private static Answered reaching(Answered answered) {
    if (TOO_LARGE.contains(answered.status())) {
      throw new CouldNotRun(
          Reason.PREREQUISITE_FAILED,
          "the body was refused as too large before its tokens were counted: "
              + answered.described());
    }
    return answered;
  }

  private static long count(Probe probe, String text) {
    return Given.that(() -> tokenized(probe, text).at("/count").integer());
  }

  private static void mustRefuseOneTooMany(Probe probe, RouteName route) {
    long length = contextLength(probe);
    long prompt =
        Given.that(() -> Usage.given(Basis.judge(probe, route).json().at("/usage")).prompt());
    long most = length - prompt;
    Basis.ask(probe, route)
        .with("max_tokens", most + 1)
        .send()
        .mustBeRefusedAsBad("the prompt leaves room for " + most + " tokens only");
  }

  @Check(
      id = "errors.chat-one-token-too-many",
      title = "a max_tokens one above what the prompt leaves of the context is refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {
        "the gateway clamps the limit without saying so",
        "max_model_len of /tokenize is not that of the engine"
      })
  void chatOneTooMany(Probe probe) {
    Said.mustNotBeGptOss(probe, "gpt-oss models get a limit that fits, without a word");
    mustRefuseOneTooMany(probe, CHAT);
  }

  @Check(
      id = "errors.completions-one-token-too-many",
      title = "a max_tokens one above what the prompt leaves of the context is refused",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.VLLM_SERVER,
      ifItFails = {
        "the gateway clamps the limit without saying so",
        "max_model_len of /tokenize is not that of the engine"
      })
  void completionsOneTooMany(Probe probe) {
    mustRefuseOneTooMany(probe, COMPLETIONS);
  }

  @Check(
      id = "errors.chat-context-overflow",
      title = "a chat request longer than the model's context is refused",
      level = MUST,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {"the prompt is cut without saying so"},
      ifItBreaks = {"the engine fails on long prompts"})
  void chatOverflow(Probe probe) {
    reaching(probe.chat(tooLong(probe)).with("max_tokens", 1).send())
        .mustBeRefusedAsBad("the prompt is longer than the context");
  }

  @Check(
      id = "errors.context-overflow-tells-why",
      title = "the refusal of a prompt that is too long says that it is too long",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {"the gateway replaces the server's message by one of its own"})
  void overflowTellsWhy(Probe probe) {
    Answered refused = reaching(probe.chat(tooLong(probe)).with("max_tokens", 1).send());
    Given.that(() -> refused.mustBeRefusedAsBad("the prompt is longer than the context"));
    Expect.that(
        Reason.WRONG_VALUE,
        TELLS_LENGTH.matcher(refused.body().toLowerCase(Locale.ROOT)).find(),
        "the refusal does not say that the prompt is too long",
        "a message about the length of the context",
        refused.described());
  }

  @Check(
      id = "errors.completions-context-overflow",
      title = "a completion request longer than the model's context is refused",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {"the prompt is cut without saying so"},
      ifItBreaks = {"the engine fails on long prompts"})
  void completionsOverflow(Probe probe) {
    reaching(probe.completions(tooLong(probe)).with("max_tokens", 1).send())
        .mustBeRefusedAsBad("the prompt is longer than the context");
  }

  @Check(
      id = "errors.responses-context-overflow",
      title = "a responses request longer than the model's context is refused",
      level = MUST,
      route = RESPONSES,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {"the input is cut although nobody asked for truncation"},
      ifItBreaks = {"the engine fails on long prompts"})
  void responsesOverflow(Probe probe) {
    reaching(probe.responses(tooLong(probe)).with("max_output_tokens", 16).send())
        .mustBeRefusedAsBad("the input is longer than the context");
  }

  @Check(
      id = "errors.streamed-context-overflow",
      title = "a streamed request longer than the context is refused, by status or by an event",
      level = MUST,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {"streams start before the prompt is counted, and the error is lost"})
  void streamedOverflow(Probe probe) {
    Answered answered = reaching(probe.chat(tooLong(probe)).with("max_tokens", 1).stream());
    Streams.mustTellError(answered, "the prompt is longer than the context");
  }
}
