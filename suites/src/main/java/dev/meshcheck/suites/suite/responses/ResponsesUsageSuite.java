package dev.meshcheck.suites.suite.responses;

import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.meshcheck.reports.outcome.Reason;
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
import dev.meshcheck.suites.check.Usage;
import java.util.List;

/** Usage of POST /v1/responses, and the limit that it is kept under. */
public final class ResponsesUsageSuite {

  /** What OpenAI's schema wants of usage, under its names and those of chat. */
  private static final List<String> MEMBERS =
      List.of(
          "/input_tokens",
          "/prompt_tokens",
          "/input_tokens_details/cached_tokens",
          "/prompt_tokens_details/cached_tokens",
          "/output_tokens",
          "/completion_tokens",
          "/output_tokens_details/reasoning_tokens",
          "/completion_tokens_details/reasoning_tokens",
          "/total_tokens");

  @Check(
      id = "responses.usage-counts-the-prompt",
      title = "a prompt costs at least one token",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"usage is a placeholder", "cached tokens are left out of the count"})
  void usageCountsThePrompt(Probe probe) {
    Json usage = ResponsesSuite.plain(probe).at("/usage");
    if (!usage.present()) {
      throw new Inapplicable("the response tells no usage, which is not documented here");
    }
    Usage.givenOfResponses(usage).mustCountThePrompt();
  }

  @Check(
      id = "responses.usage-adds-up",
      title = "total_tokens, where usage is told, is the sum of its two parts",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"the gateway rewrites usage", "reasoning tokens are counted twice"})
  void usageAddsUp(Probe probe) {
    Json usage = ResponsesSuite.plain(probe).at("/usage");
    if (usage.present()) {
      Usage.ofResponses(usage).mustAddUp();
    }
  }

  @Check(
      id = "responses.usage-parts-fit",
      title = "reasoning and cached tokens are at most the counts that they are part of",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"the details are counted over several requests"})
  void usageParts(Probe probe) {
    Json usage = ResponsesSuite.plain(probe).at("/usage");
    Json cached = usage.at("/input_tokens_details/cached_tokens");
    if (!Usage.tellsReasoning(usage) && !cached.present()) {
      throw new Inapplicable("the response tells no parts of its usage");
    }
    Usage told = Usage.givenOfResponses(usage);
    told.mustHoldItsReasoning(usage);
    Usage.mustBePartOf(cached, told.prompt());
  }

  @Check(
      id = "responses.usage-names",
      title = "which names usage has is recorded",
      level = INFO,
      route = RESPONSES,
      source = Sources.RESPONSES,
      ifItFails = {"nothing is promised here: both pairs of names have been seen"})
  void usageNames(Probe probe) {
    Json usage = ResponsesSuite.plain(probe).at("/usage");
    String names = usage.at("/input_tokens").present() ? "input/output" : "prompt/completion";
    probe.record(usage.present() ? "usage with " + names + " names" : "no usage");
  }

  @Check(
      id = "responses.limit-makes-incomplete",
      title = "a response cut by max_output_tokens is incomplete for that reason",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"an older server calls every response completed", "the limit is not passed on"},
      about = {Reason.SCHEMA_MISMATCH})
  void limitMakesIncomplete(Probe probe) {
    Json response = cut(probe);
    Expect.that("status", response.at("/status").text(), is("incomplete"));
    Expect.that(
        "incomplete_details.reason",
        response.at("/incomplete_details/reason").text(),
        is("max_output_tokens"));
  }

  @Check(
      id = "responses.limit-is-kept",
      title = "the generated tokens never exceed max_output_tokens",
      level = MUST,
      route = RESPONSES,
      source = Sources.RESPONSES,
      ifItFails = {"the limit is not passed on"})
  void limitIsKept(Probe probe) {
    Json usage = Given.that(() -> cut(probe)).at("/usage");
    if (!usage.present()) {
      throw new Inapplicable("the response tells no usage");
    }
    Expect.that(
        "generated tokens with max_output_tokens 16",
        Usage.givenOfResponses(usage).completion(),
        is(lessThanOrEqualTo(16L)));
  }

  private static Json cut(Probe probe) {
    return cutting(probe).send().mustBe(200).json();
  }

  /** More is asked for than the limit allows. */
  static Ask cutting(Probe probe) {
    return probe.responses("Count from one to fifty.").with("max_output_tokens", 16);
  }

  @Check(
      id = "responses.usage-counts-the-answer",
      title = "an answer with text costs at least one token",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"usage is a placeholder", "generated tokens are not counted"})
  void usageCountsTheAnswer(Probe probe) {
    Json answer = ResponsesSuite.plain(probe);
    if (!answer.at("/usage").present() || Said.responseText(answer).isEmpty()) {
      throw new Inapplicable("the response tells no usage or has no text");
    }
    Usage.givenOfResponses(answer.at("/usage")).mustCountTheAnswer();
  }

  @Check(
      id = "responses.same-input-costs-the-same",
      title = "the same request costs the same input tokens every time",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"tokens that were cached are left out of the count"})
  void sameInput(Probe probe) {
    Json second = Given.answered(probe.responses(Basis.HELLO).again(2)).json();
    Json first = ResponsesSuite.plain(probe).at("/usage");
    if (!first.present() || !second.at("/usage").present()) {
      throw new Inapplicable("the response tells no usage, which is not documented here");
    }
    Expect.that(
        "the input tokens of the same request",
        Usage.ofResponses(second.at("/usage")).prompt(),
        is(Usage.ofResponses(first).prompt()));
  }

  @Check(
      id = "responses-stream.usage-has-the-members-of-the-whole",
      title = "usage of a stream's final response has each documented member that whole ones have",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {"usage of streams is built by hand, and typed clients such as Codex fail on it"},
      about = {Reason.SCHEMA_MISMATCH})
  void sameMembers(Probe probe) {
    Json whole = Given.that(() -> Basis.judge(probe, RESPONSES).json()).at("/usage");
    List<Json> events = Given.stream(Basis.ask(probe, RESPONSES)).chunks();
    Json streamed = Given.that(() -> ResponseStreams.last(events).object()).at("/usage");
    if (!whole.present() || !streamed.present()) {
      throw new Inapplicable("the responses, or the streams, tell no usage");
    }
    for (String member : MEMBERS) {
      if (whole.at(member).present()) {
        streamed.at(member).integer();
      }
    }
  }

  @Check(
      id = "responses-stream.counts-like-the-whole",
      title = "a streamed response with the text of the whole one counts the same tokens",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {"usage of streams is estimated, from characters or events"})
  void countsLikeTheWhole(Probe probe) {
    Json whole = Given.that(() -> Basis.judge(probe, RESPONSES).json());
    List<Json> events = Given.stream(Basis.ask(probe, RESPONSES)).chunks();
    Json last = Given.that(() -> ResponseStreams.last(events).object());
    if (!Said.responseText(whole).equals(Said.responseText(last))) {
      throw new Inapplicable("the stream has another text than the whole response");
    }
    Usage streamed = Usage.givenOfResponses(last.at("/usage"));
    Usage expected = Usage.givenOfResponses(whole.at("/usage"));
    Given.that(expected::mustCountThePrompt);
    Given.that(expected::mustCountTheAnswer);
    Expect.that("the prompt tokens of the stream", streamed.prompt(), is(expected.prompt()));
    Expect.that(
        "the generated tokens of the stream", streamed.completion(), is(expected.completion()));
  }
}
