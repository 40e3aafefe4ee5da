package dev.meshcheck.suites.suite.errors;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.fixtures.surface.RouteName.COMPLETIONS;
import static dev.meshcheck.fixtures.surface.RouteName.DETOKENIZE;
import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.fixtures.surface.RouteName.TOKENIZE;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Trait;
import dev.meshcheck.suites.check.Unknown;

/** Models that nobody serves. */
public final class UnknownModelSuite {

  /** The plain request of a route, for a model that nobody serves. */
  static Ask ask(Probe probe, RouteName route) {
    return Basis.ask(probe, route).with("model", Unknown.MODEL);
  }

  private static void mustBeRefused(Probe probe, RouteName route) {
    ask(probe, route).send().mustBeRefused("nobody serves the model");
  }

  @Check(
      id = "errors.chat-unknown-model",
      title = "a chat request for a model that nobody serves is refused",
      level = MUST,
      elsewhere = SHOULD,
      route = CHAT,
      source = Sources.QUICKSTART,
      pack = Pack.SMOKE,
      ifItFails = {"the gateway falls back to a default model without saying so"})
  void chatUnknownModel(Probe probe) {
    mustBeRefused(probe, CHAT);
  }

  @Check(
      id = "errors.completions-unknown-model",
      title = "a completion request for a model that nobody serves is refused",
      level = MUST,
      elsewhere = SHOULD,
      route = COMPLETIONS,
      source = Sources.QUICKSTART,
      ifItFails = {"the gateway falls back to a default model without saying so"})
  void completionsUnknownModel(Probe probe) {
    mustBeRefused(probe, COMPLETIONS);
  }

  @Check(
      id = "errors.responses-unknown-model",
      title = "a responses request for a model that nobody serves is refused",
      level = MUST,
      elsewhere = SHOULD,
      route = RESPONSES,
      source = Sources.QUICKSTART,
      ifItFails = {"the gateway falls back to a default model without saying so"})
  void responsesUnknownModel(Probe probe) {
    mustBeRefused(probe, RESPONSES);
  }

  @Check(
      id = "errors.tokenize-unknown-model",
      title = "a tokenize request for a model that nobody serves is refused",
      level = MUST,
      elsewhere = SHOULD,
      route = TOKENIZE,
      source = Sources.QUICKSTART,
      ifItFails = {"the gateway tokenizes for whatever model it has"})
  void tokenizeUnknownModel(Probe probe) {
    mustBeRefused(probe, TOKENIZE);
  }

  @Check(
      id = "errors.detokenize-unknown-model",
      title = "a detokenize request for a model that nobody serves is refused",
      level = MUST,
      elsewhere = SHOULD,
      route = DETOKENIZE,
      source = Sources.QUICKSTART,
      pack = Pack.FULL,
      ifItFails = {"the gateway detokenizes for whatever model it has"})
  void detokenizeUnknownModel(Probe probe) {
    mustBeRefused(probe, DETOKENIZE);
  }

  @Check(
      id = "errors.unknown-model-is-404",
      title = "a model that nobody serves is answered with 404",
      level = SHOULD,
      elsewhere = INFO,
      route = CHAT,
      source = Sources.QUICKSTART,
      ifItFails = {"the gateway refuses with 400"})
  void unknownModelIs404(Probe probe) {
    Given.refused(ask(probe, CHAT)).mustBe(404);
  }

  @Check(
      id = "errors.model-id-is-no-model",
      title = "a control-plane modelId in place of the model name is refused",
      level = MUST,
      route = CHAT,
      source = Sources.QUICKSTART,
      when = Trait.TENSORMESH,
      ifItFails = {"the gateway routes by modelId, which is documented not to work"})
  void modelIdIsNoModel(Probe probe) {
    probe
        .chat(Basis.HELLO)
        .with("model", Unknown.MODEL_ID)
        .send()
        .mustBeRefused("the model is a control-plane modelId");
  }

  @Check(
      id = "errors.model-id-is-404",
      title = "a control-plane modelId in place of the model name is answered with 404",
      level = SHOULD,
      route = CHAT,
      source = Sources.QUICKSTART,
      when = Trait.TENSORMESH,
      ifItFails = {"the gateway refuses with 400"})
  void modelIdIs404(Probe probe) {
    Given.refused(probe.chat(Basis.HELLO).with("model", Unknown.MODEL_ID)).mustBe(404);
  }
}
