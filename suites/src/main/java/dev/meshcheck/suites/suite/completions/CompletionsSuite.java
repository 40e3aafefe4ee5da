package dev.meshcheck.suites.suite.completions;

import static dev.meshcheck.fixtures.surface.RouteName.COMPLETIONS;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
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
import dev.meshcheck.suites.check.Refusals;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Schema;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Together;
import dev.meshcheck.suites.check.Usage;
import java.util.List;

/** POST /v1/completions. */
public final class CompletionsSuite {

  static final List<String> FINISH_REASONS = List.of("stop", "length", "content_filter");

  private static Json plain(Probe probe) {
    return Basis.judge(probe, COMPLETIONS).json();
  }

  @Check(
      id = "completions.answers",
      title = "a completion request with valid credentials is answered with 200 and JSON",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.COMPLETIONS,
      pack = Pack.SMOKE,
      first = true,
      ifItFails = {
        "the key, X-User-Id or the model name is wrong",
        "the gateway does not route /v1/completions"
      },
      about = {
        Reason.UNAUTHORIZED,
        Reason.FORBIDDEN,
        Reason.ROUTE_NOT_FOUND,
        Reason.HTML_INSTEAD_OF_JSON
      })
  void answers(Probe probe) {
    Basis.judge(probe, COMPLETIONS);
  }

  @Check(
      id = "completions.content-type-is-json",
      title = "a completion says that it is application/json",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.COMPLETIONS,
      ifItFails = {"a proxy rewrites headers"})
  void contentTypeIsJson(Probe probe) {
    Refusals.mustDeclareJson(Basis.judge(probe, COMPLETIONS));
  }

  @Check(
      id = "completions.has-the-documented-shape",
      title = "a completion has the documented fields with the documented types",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.COMPLETIONS,
      ifItFails = {"a gateway rewrites bodies", "the chat route answers"},
      about = {Reason.SCHEMA_MISMATCH})
  void shape(Probe probe) {
    Schema.mustHold("completion", plain(probe));
  }

  @Check(
      id = "completions.created-is-seconds",
      title = "created is a time in seconds",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"the time is in milliseconds", "the server's clock is far off"})
  void createdIsSeconds(Probe probe) {
    Epoch.mustBeSeconds(plain(probe).at("/created"));
  }

  @Check(
      id = "completions.model-is-echoed",
      title = "the answer names the model that the request named",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.COMPLETIONS,
      ifItFails = {"the gateway routes to another model"})
  void modelIsEchoed(Probe probe) {
    Said.mustNameTheModel(probe, Given.text(plain(probe).at("/model")));
  }

  @Check(
      id = "completions.usage-counts-the-prompt",
      title = "a prompt costs at least one token",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.COMPLETIONS,
      ifItFails = {"usage is a placeholder", "cached tokens are left out of the count"})
  void usageCountsThePrompt(Probe probe) {
    Usage.given(plain(probe).at("/usage")).mustCountThePrompt();
  }

  @Check(
      id = "completions.usage-adds-up",
      title = "total_tokens is the sum of prompt_tokens and completion_tokens",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.COMPLETIONS,
      ifItFails = {"the gateway rewrites usage", "echoed tokens are counted twice"},
      about = {Reason.SCHEMA_MISMATCH})
  void usageAddsUp(Probe probe) {
    Usage.ofChat(plain(probe).at("/usage")).mustAddUp();
  }

  @Check(
      id = "completions.finish-reason-is-known",
      title = "finish_reason is one of the documented words",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"an engine error is passed on as a finish reason"})
  void finishReasonIsKnown(Probe probe) {
    Expect.that(
        "finish_reason",
        plain(probe).at("/choices/0/finish_reason").text(),
        is(in(FINISH_REASONS)));
  }

  @Check(
      id = "completions.max-tokens-1-ends-with-length",
      title = "max_tokens 1 gives one token and finish_reason length",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.COMPLETIONS,
      ifItFails = {"max_tokens is not passed on"})
  void maxTokensOne(Probe probe) {
    Json answer = probe.completions(Basis.HELLO).with("max_tokens", 1).send().mustBe(200).json();
    OneToken.mustBeTheEnd(answer, () -> answer.at("/choices/0/text").node().asText());
  }

  @Check(
      id = "completions.default-limit-is-16",
      title = "without max_tokens at most 16 tokens are generated",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"the gateway sets a limit of its own"})
  void defaultLimit(Probe probe) {
    Json answer = probe.completions(Basis.HELLO).without("max_tokens").send().mustBe(200).json();
    Expect.that(
        "completion_tokens",
        Usage.given(answer.at("/usage")).completion(),
        is(lessThanOrEqualTo(16L)));
  }

  @Check(
      id = "completions.ids-differ",
      title = "two answers have different ids",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"a cache answers whole requests"})
  void idsDiffer(Probe probe) {
    String first = Given.id(plain(probe));
    Json second = Given.answered(probe.completions(Basis.HELLO).again(2)).json();
    Expect.that("the second id", Given.id(second), is(not(first)));
  }

  @Check(
      id = "completions.echo-repeats-the-prompt",
      title = "with echo the text starts with the prompt",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"the gateway drops echo"})
  void echo(Probe probe) {
    Together.judge(
        EchoSuite.withLogprobs(probe),
        EchoSuite.echo(probe),
        answered ->
            Expect.that(
                "the text",
                answered.mustBe(200).json().at("/choices/0/text").text(),
                startsWith(EchoSuite.PROMPT)));
  }

  @Check(
      id = "completions.each-prompt-has-its-choice",
      title = "a list of prompts gives one choice each, and usage counts them all",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"the gateway takes the first prompt only"})
  void promptList(Probe probe) {
    Json answer =
        probe
            .completions("")
            .with("prompt", List.of(Basis.HELLO, "Say goodbye."))
            .with("max_tokens", 4)
            .send()
            .mustBe(200)
            .json();
    List<Long> indexes =
        answer.at("/choices").items().stream().map(c -> c.at("/index").integer()).toList();
    Expect.that("the indexes", indexes, is(List.of(0L, 1L)));
    Usage.given(answer.at("/usage")).mustAddUp();
  }

  @Check(
      id = "completions.logprobs-are-parallel",
      title =
          "with logprobs all lists are as long as the text has tokens, and no logprob is above 0",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"the gateway trims the text but not its logprobs"},
      about = {Reason.SCHEMA_MISMATCH})
  void logprobsAreParallel(Probe probe) {
    Json answer = logprobs(probe).send().mustBe(200).json();
    Json logprobs = answer.at("/choices/0/logprobs").object();
    int tokens = logprobs.at("/tokens").items().size();
    Expect.that(
        "the number of tokens with logprobs",
        (long) tokens,
        is(Usage.given(answer.at("/usage")).completion()));
    for (String list : List.of("/token_logprobs", "/top_logprobs", "/text_offset")) {
      Expect.that("the length of " + list, logprobs.at(list).items().size(), is(tokens));
    }
    for (Json logprob : logprobs.at("/token_logprobs").items()) {
      if (logprob.present()) {
        Expect.that(logprob.place(), logprob.number(), is(lessThanOrEqualTo(0.0)));
      }
    }
    mustNotFall(logprobs.at("/text_offset").items());
    for (Json tops : logprobs.at("/top_logprobs").items()) {
      // The chosen token is added where it is not among the likely ones.
      Expect.that(tops.place() + ", counted", tops.node().size(), is(lessThanOrEqualTo(3)));
    }
  }

  static Ask logprobs(Probe probe) {
    return probe.completions(Basis.HELLO).with("logprobs", 2).with("max_tokens", 12);
  }

  @Check(
      id = "completions.logprobs-0-tell-the-chosen",
      title = "with logprobs 0 the log probability of each token comes, and no likely ones",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"0 is taken for false"})
  void logprobsZero(Probe probe) {
    Given.that(() -> Said.unlessRefused(logprobs(probe), "logprobs"));
    Answered answered = Said.unlessRefused(logprobs(probe).with("logprobs", 0), "logprobs 0");
    List<Json> told = answered.json().at("/choices/0/logprobs/token_logprobs").items();
    Expect.that("the log probabilities with logprobs 0", told, is(not(empty())));
  }

  private static void mustNotFall(List<Json> offsets) {
    for (int i = 1; i < offsets.size(); i++) {
      Expect.that(
          "an offset beside the next one",
          offsets.get(i - 1).integer(),
          is(lessThanOrEqualTo(offsets.get(i).integer())));
    }
  }

  @Check(
      id = "completions.empty-prompt-is-no-server-error",
      title = "an empty prompt is answered or refused, never a 5xx",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.VLLM_SERVER,
      ifItBreaks = {"the engine gets a prompt without tokens"})
  void emptyPrompt(Probe probe) {
    Refusals.mustNotBeServerError(probe.completions("").send());
  }

  @Check(
      id = "completions.usage-counts-the-answer",
      title = "an answer with text costs at least one token",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.COMPLETIONS,
      ifItFails = {"usage is a placeholder", "generated tokens are not counted"})
  void usageCountsTheAnswer(Probe probe) {
    Json answer = plain(probe);
    if (Given.text(answer.at("/choices/0/text")).isEmpty()) {
      throw new Inapplicable("the plain answer has no text");
    }
    Usage.given(answer.at("/usage")).mustCountTheAnswer();
  }
}
