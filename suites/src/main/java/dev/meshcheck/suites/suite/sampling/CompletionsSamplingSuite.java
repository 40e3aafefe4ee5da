package dev.meshcheck.suites.suite.sampling;

import static dev.meshcheck.fixtures.surface.RouteName.COMPLETIONS;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.hasSize;

import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Usage;

/** That sampling parameters of POST /v1/completions do what they are for, or are refused. */
public final class CompletionsSamplingSuite {

  private static final Oracles ORACLES = new Oracles(Teller.COMPLETIONS);

  @Check(
      id = "completions.temperature-0-repeats",
      title = "temperature 0 gives the same text again, in one of three tries",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      pack = Pack.FULL,
      ifItFails = {
        "temperature is dropped, or 0 taken for the default",
        "answers are sampled whatever is asked for"
      })
  void temperature0Repeats(Probe probe) {
    ORACLES.temperature0Repeats(probe);
  }

  @Check(
      id = "completions.seeds-differ-at-temperature-2",
      title = "two seeds at temperature 2 give two texts",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      pack = Pack.FULL,
      ifItFails = {
        "temperature or seed is dropped on the way",
        "answers come from a cache that knows the prompt alone"
      })
  void seedsDifferAtTemperature2(Probe probe) {
    ORACLES.seedsDiffer(probe);
  }

  @Check(
      id = "completions.same-seed-same-text",
      title = "the same seed at temperature 2 gives the same text, in one of three tries",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      pack = Pack.FULL,
      ifItFails = {"seed is dropped on the way", "requests are balanced over engines that differ"})
  void sameSeedSameText(Probe probe) {
    ORACLES.seedRepeats(probe);
  }

  @Check(
      id = "completions.tiny-top-p-is-greedy",
      title = "a top_p next to 0 gives the likeliest text at temperature 2",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      pack = Pack.FULL,
      ifItFails = {"top_p is dropped on the way"})
  void tinyTopPIsGreedy(Probe probe) {
    ORACLES.isGreedy(probe, "top_p", 0.001);
  }

  @Check(
      id = "completions.top-k-1-is-greedy",
      title = "top_k 1 gives the likeliest text at temperature 2, or is refused",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {"top_k is dropped on the way, as what OpenAI does not have"})
  void topK1IsGreedy(Probe probe) {
    ORACLES.isGreedy(probe, "top_k", 1);
  }

  @Check(
      id = "completions.min-p-1-is-greedy",
      title = "min_p 1 gives the likeliest text at temperature 2, or is refused",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {"min_p is dropped on the way, as what OpenAI does not have"})
  void minP1IsGreedy(Probe probe) {
    ORACLES.isGreedy(probe, "min_p", 1);
  }

  @Check(
      id = "completions.logit-bias-brings-a-token",
      title = "a logit_bias of 100 makes its token come, or is refused",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      pack = Pack.FULL,
      ifItFails = {"logit_bias is dropped on the way"})
  void logitBiasBringsAToken(Probe probe) {
    ORACLES.biasBrings(probe);
  }

  @Check(
      id = "completions.logit-bias-ends-with-its-request",
      title = "a logit_bias does not reach the next request, which asks the same without it",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      pack = Pack.FULL,
      ifItFails = {
        "a slot of the engine keeps the sampler of the request before (llama.cpp)",
        "answers are cached without a look at logit_bias"
      })
  void logitBiasEndsWithItsRequest(Probe probe) {
    ORACLES.biasEnds(probe);
  }

  @Check(
      id = "completions.logit-bias-bans-tokens",
      title = "a logit_bias of -100 keeps its tokens away, or is refused",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      pack = Pack.FULL,
      ifItFails = {"logit_bias is dropped on the way", "its values are cut at 0"})
  void logitBiasBansTokens(Probe probe) {
    ORACLES.biasBans(probe);
  }

  @Check(
      id = "completions.presence-penalty-changes-the-text",
      title = "a presence_penalty of 2 makes another text, or is refused",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      pack = Pack.FULL,
      ifItFails = {"presence_penalty is dropped on the way"})
  void presencePenaltyChangesTheText(Probe probe) {
    ORACLES.penaltyChanges(probe, "presence_penalty", 2);
  }

  @Check(
      id = "completions.repetition-penalty-changes-the-text",
      title = "a repetition_penalty of 2 makes another text, or is refused",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {"repetition_penalty is dropped on the way, as what OpenAI does not have"})
  void repetitionPenaltyChangesTheText(Probe probe) {
    ORACLES.penaltyChanges(probe, "repetition_penalty", 2);
  }

  @Check(
      id = "completions.frequency-penalty-ends-a-loop",
      title = "a frequency_penalty of 2 shortens a loop, or is refused",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      pack = Pack.FULL,
      ifItFails = {"frequency_penalty is dropped on the way"})
  void frequencyPenaltyEndsALoop(Probe probe) {
    ORACLES.frequencyPenaltyEndsALoop(probe);
  }

  @Check(
      id = "completions.ignore-eos-goes-on",
      title = "with ignore_eos an answer goes on to its limit, or that is refused",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {"ignore_eos is dropped on the way, as what OpenAI does not have"})
  void ignoreEosGoesOn(Probe probe) {
    ORACLES.ignoreEosGoesOn(probe);
  }

  @Check(
      id = "completions.min-tokens-is-kept",
      title = "an answer has min_tokens tokens at least, or that is refused",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {"min_tokens is dropped on the way, as what OpenAI does not have"})
  void minTokensIsKept(Probe probe) {
    ORACLES.minTokensIsKept(probe);
  }

  @Check(
      id = "completions.best-of-gives-n-choices",
      title = "best_of 2 gives one choice all the same, or is refused",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      pack = Pack.FULL,
      ifItFails = {"best_of is taken for n"})
  void bestOfGivesNChoices(Probe probe) {
    Ask ask = probe.completions(Basis.HELLO).with("max_tokens", 16).with("temperature", 0.8);
    Json answer = Said.unlessRefused(ask.with("best_of", 2), "best_of").json();
    Expect.that("the choices with best_of 2", Given.items(answer.at("/choices")), hasSize(1));
    // vLLM has dropped best_of and ignores it, OpenAI counts the tokens of every candidate.
    long tokens = Usage.given(answer.at("/usage")).completion();
    probe.record(tokens + " completion_tokens with best_of 2 and max_tokens 16");
  }
}
