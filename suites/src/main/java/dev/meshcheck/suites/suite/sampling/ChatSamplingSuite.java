package dev.meshcheck.suites.suite.sampling;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;

/** That sampling parameters of POST /v1/chat/completions do what they are for, or are refused. */
public final class ChatSamplingSuite {

  private static final Oracles ORACLES = new Oracles(Teller.CHAT);

  @Check(
      id = "chat.temperature-0-repeats",
      title = "temperature 0 gives the same text again, in one of three tries",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "temperature is dropped, or 0 taken for the default",
        "answers are sampled whatever is asked for"
      })
  void temperature0Repeats(Probe probe) {
    ORACLES.temperature0Repeats(probe);
  }

  @Check(
      id = "chat.seeds-differ-at-temperature-2",
      title = "two seeds at temperature 2 give two texts",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "temperature or seed is dropped on the way",
        "answers come from a cache that knows the prompt alone"
      })
  void seedsDifferAtTemperature2(Probe probe) {
    ORACLES.seedsDiffer(probe);
  }

  @Check(
      id = "chat.temperature-2-is-taken",
      title = "temperature 2, the highest that the API documents, is taken",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"the gateway checks the range of another API, which ends at 1"})
  void temperature2IsTaken(Probe probe) {
    Ask wild = Teller.CHAT.wild(probe, Oracles.STORY, Oracles.SEED).without("seed");
    Said.taken(Said.unlessTheModelCannot(probe, wild.send()));
  }

  @Check(
      id = "chat.n-2-choices-differ",
      title = "two choices at temperature 2 are two texts, or n is refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "the choices of a request overwrite each other, and all are the last one",
        "temperature is dropped on the way"
      })
  void choicesDiffer(Probe probe) {
    ORACLES.choicesDiffer(probe);
  }

  @Check(
      id = "chat.same-seed-same-text",
      title = "the same seed at temperature 2 gives the same text, in one of three tries",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"seed is dropped on the way", "requests are balanced over engines that differ"})
  void sameSeedSameText(Probe probe) {
    ORACLES.seedRepeats(probe);
  }

  @Check(
      id = "chat.tiny-top-p-is-greedy",
      title = "a top_p next to 0 gives the likeliest text at temperature 2",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"top_p is dropped on the way"})
  void tinyTopPIsGreedy(Probe probe) {
    ORACLES.isGreedy(probe, "top_p", 0.001);
  }

  @Check(
      id = "chat.top-k-1-is-greedy",
      title = "top_k 1 gives the likeliest text at temperature 2, or is refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"top_k is dropped on the way, as what OpenAI does not have"})
  void topK1IsGreedy(Probe probe) {
    ORACLES.isGreedy(probe, "top_k", 1);
  }

  @Check(
      id = "chat.min-p-1-is-greedy",
      title = "min_p 1 gives the likeliest text at temperature 2, or is refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"min_p is dropped on the way, as what OpenAI does not have"})
  void minP1IsGreedy(Probe probe) {
    ORACLES.isGreedy(probe, "min_p", 1);
  }

  @Check(
      id = "chat.logit-bias-brings-a-token",
      title = "a logit_bias of 100 makes its token come, or is refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"logit_bias is dropped on the way"})
  void logitBiasBringsAToken(Probe probe) {
    ORACLES.biasBrings(probe);
  }

  @Check(
      id = "chat.logit-bias-ends-with-its-request",
      title = "a logit_bias does not reach the next request, which asks the same without it",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "a slot of the engine keeps the sampler of the request before (llama.cpp)",
        "answers are cached without a look at logit_bias"
      })
  void logitBiasEndsWithItsRequest(Probe probe) {
    ORACLES.biasEnds(probe);
  }

  @Check(
      id = "chat.logit-bias-bans-tokens",
      title = "a logit_bias of -100 keeps its tokens away, or is refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"logit_bias is dropped on the way", "its values are cut at 0"})
  void logitBiasBansTokens(Probe probe) {
    ORACLES.biasBans(probe);
  }

  @Check(
      id = "chat.presence-penalty-changes-the-text",
      title = "a presence_penalty of 2 makes another text, or is refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"presence_penalty is dropped on the way"})
  void presencePenaltyChangesTheText(Probe probe) {
    ORACLES.penaltyChanges(probe, "presence_penalty", 2);
  }

  @Check(
      id = "chat.repetition-penalty-changes-the-text",
      title = "a repetition_penalty of 2 makes another text, or is refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"repetition_penalty is dropped on the way, as what OpenAI does not have"})
  void repetitionPenaltyChangesTheText(Probe probe) {
    ORACLES.penaltyChanges(probe, "repetition_penalty", 2);
  }

  @Check(
      id = "chat.frequency-penalty-ends-a-loop",
      title = "a frequency_penalty of 2 shortens a loop, or is refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"frequency_penalty is dropped on the way"})
  void frequencyPenaltyEndsALoop(Probe probe) {
    ORACLES.frequencyPenaltyEndsALoop(probe);
  }

  @Check(
      id = "chat.ignore-eos-goes-on",
      title = "with ignore_eos an answer goes on to its limit, or that is refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {"ignore_eos is dropped on the way, as what OpenAI does not have"})
  void ignoreEosGoesOn(Probe probe) {
    ORACLES.ignoreEosGoesOn(probe);
  }

  @Check(
      id = "chat.min-tokens-is-kept",
      title = "an answer has min_tokens tokens at least, or that is refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {"min_tokens is dropped on the way, as what OpenAI does not have"})
  void minTokensIsKept(Probe probe) {
    ORACLES.minTokensIsKept(probe);
  }
}
