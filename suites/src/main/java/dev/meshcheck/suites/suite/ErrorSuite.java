package dev.meshcheck.suites.suite;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.fixtures.surface.RouteName.COMPLETIONS;
import static dev.meshcheck.fixtures.surface.RouteName.DETOKENIZE;
import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.fixtures.surface.RouteName.TOKENIZE;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.blankString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.CouldNotRun;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Trait;
import dev.meshcheck.suites.check.Usage;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Models that do not exist, requests that make no sense, routes that are none. */
public final class ErrorSuite {

  static final String NO_MODEL = "meshcheck/no-such-model";

  /** In the form of a control-plane modelId; known to nobody. */
  private static final String MODEL_ID = "3f0a6c1e-9b7d-4e52-8c34-1d2e3f4a5b6c";

  private static Ask unknownModel(Probe probe, RouteName route) {
    return Basis.ask(probe, route).with("model", NO_MODEL);
  }

  private static void mustRefuseUnknownModel(Probe probe, RouteName route) {
    unknownModel(probe, route).send().mustBeRefused("nobody serves the model");
  }

  @Check(
      id = "errors.chat-unknown-model",
      title = "a chat request for a model that nobody serves is refused",
      level = MUST,
      route = CHAT,
      source = Sources.QUICKSTART,
      pack = Pack.SMOKE,
      ifItFails = {"the gateway falls back to a default model without saying so"})
  void chatUnknownModel(Probe probe) {
    mustRefuseUnknownModel(probe, CHAT);
  }

  @Check(
      id = "errors.completions-unknown-model",
      title = "a completion request for a model that nobody serves is refused",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.QUICKSTART,
      ifItFails = {"the gateway falls back to a default model without saying so"})
  void completionsUnknownModel(Probe probe) {
    mustRefuseUnknownModel(probe, COMPLETIONS);
  }

  @Check(
      id = "errors.responses-unknown-model",
      title = "a responses request for a model that nobody serves is refused",
      level = MUST,
      route = RESPONSES,
      source = Sources.QUICKSTART,
      ifItFails = {"the gateway falls back to a default model without saying so"})
  void responsesUnknownModel(Probe probe) {
    mustRefuseUnknownModel(probe, RESPONSES);
  }

  @Check(
      id = "errors.tokenize-unknown-model",
      title = "a tokenize request for a model that nobody serves is refused",
      level = MUST,
      route = TOKENIZE,
      source = Sources.QUICKSTART,
      ifItFails = {"the gateway tokenizes for whatever model it has"})
  void tokenizeUnknownModel(Probe probe) {
    mustRefuseUnknownModel(probe, TOKENIZE);
  }

  @Check(
      id = "errors.detokenize-unknown-model",
      title = "a detokenize request for a model that nobody serves is refused",
      level = MUST,
      route = DETOKENIZE,
      source = Sources.QUICKSTART,
      ifItFails = {"the gateway detokenizes for whatever model it has"})
  void detokenizeUnknownModel(Probe probe) {
    mustRefuseUnknownModel(probe, DETOKENIZE);
  }

  @Check(
      id = "errors.unknown-model-is-404",
      title = "a model that nobody serves is answered with 404",
      level = SHOULD,
      route = CHAT,
      source = Sources.QUICKSTART,
      ifItFails = {"the gateway refuses with 400"})
  void unknownModelIs404(Probe probe) {
    unknownModel(probe, CHAT).send().mustBe(404);
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
        .with("model", MODEL_ID)
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
    probe.chat(Basis.HELLO).with("model", MODEL_ID).send().mustBe(404);
  }

  @Check(
      id = "errors.out-of-range",
      title = "sampling parameters out of their range are refused",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"the gateway drops parameters", "sampling parameters are not validated"})
  void outOfRange(Probe probe) {
    Ask chat = probe.chat(Basis.HELLO);
    Map<String, Ask> cases = new LinkedHashMap<>();
    cases.put("top_p is 1.5", chat.with("top_p", 1.5));
    cases.put("presence_penalty is 3", chat.with("presence_penalty", 3));
    cases.put("n is 0", chat.with("n", 0));
    cases.put("max_tokens is -5", chat.with("max_tokens", -5));
    cases.put("max_tokens is 1.5", chat.with("max_tokens", 1.5));
    Refusals.allMustBeRefused(cases);
  }

  @Check(
      id = "errors.completions-out-of-range",
      title = "sampling parameters of a completion out of their range are refused",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"only chat is validated", "the gateway drops parameters"})
  void completionsOutOfRange(Probe probe) {
    mustRefuseOutOfRange(probe.completions(Basis.HELLO), "max_tokens");
  }

  @Check(
      id = "errors.responses-out-of-range",
      title = "sampling parameters of a response out of their range are refused",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"only chat is validated", "the gateway drops parameters"})
  void responsesOutOfRange(Probe probe) {
    mustRefuseOutOfRange(probe.responses(Basis.HELLO), "max_output_tokens");
  }

  private static void mustRefuseOutOfRange(Ask ask, String limit) {
    Map<String, Ask> cases = new LinkedHashMap<>();
    cases.put("temperature is -1", ask.with("temperature", -1));
    cases.put("top_p is 1.5", ask.with("top_p", 1.5));
    cases.put(limit + " is -5", ask.with(limit, -5));
    Refusals.allMustBeRefused(cases);
  }

  @Check(
      id = "errors.odd-options-are-no-server-error",
      title = "options with values that make no sense are answered or refused, never a 5xx",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {"the values reach the engine unchecked, which fails on them"})
  void oddOptions(Probe probe) {
    Ask chat = probe.chat(Basis.HELLO).with("max_tokens", 4);
    for (Ask odd :
        List.of(
            chat.with("seed", new BigInteger("99999999999999999999")),
            chat.with("logit_bias", Map.of("999999999", 1)),
            chat.with("stop", List.of("")),
            chat.with("top_logprobs", 1_000).with("logprobs", true))) {
      Refusals.mustNotBeServerError(odd.send());
    }
  }

  @Check(
      id = "errors.temperature-above-2",
      title = "a temperature above 2 is refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"vLLM accepted it before June 2026"})
  void temperatureAboveTwo(Probe probe) {
    probe.chat(Basis.HELLO).with("temperature", 5).send().mustBeRefused("temperature is 5");
  }

  @Check(
      id = "errors.contradictions",
      title = "options that need another option are refused without it",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"the gateway drops what it does not understand"})
  void contradictions(Probe probe) {
    Ask chat = probe.chat(Basis.HELLO);
    Map<String, Ask> cases = new LinkedHashMap<>();
    cases.put(
        "stream_options comes without stream",
        chat.with("stream_options", Map.of("include_usage", true)));
    cases.put("top_logprobs comes without logprobs", chat.with("top_logprobs", 2));
    Refusals.allMustBeRefused(cases);
  }

  @Check(
      id = "errors.empty-messages-are-no-server-error",
      title = "an empty list of messages is answered or refused, never a 5xx",
      level = MUST,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {"the chat template fails on an empty list"})
  void emptyMessages(Probe probe) {
    Refusals.mustNotBeServerError(probe.chat("").with("messages", List.of()).send());
  }

  @Check(
      id = "errors.limit-beyond-the-model",
      title = "max_tokens far beyond the model's length is refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {"the gateway clamps the limit without saying so"})
  void limitBeyondTheModel(Probe probe) {
    probe
        .chat(Basis.HELLO)
        .with("max_tokens", 100_000_000)
        .send()
        .mustBeRefused("max_tokens is a hundred million");
  }

  @Check(
      id = "errors.content-type-is-checked",
      title = "a body that does not say it is JSON is refused with 400 or 415",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {"the gateway adds the content type"})
  void contentType(Probe probe) {
    probe.chat(Basis.HELLO).header("Content-Type", "text/plain").send().mustBe(400, 415);
  }

  @Check(
      id = "errors.image-for-a-text-model",
      title = "an image is seen and counted, or refused, never dropped and never a 5xx",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {"the server fails on content that its model cannot read"})
  void image(Probe probe) {
    String pixel =
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
            + "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    var image = Map.of("type", "image_url", "image_url", Map.of("url", pixel));
    var text = Map.of("type", "text", "text", Basis.HELLO);
    var message = Map.of("role", "user", "content", List.of(text, image));
    Answered answered = probe.chat("").with("messages", List.of(message)).send();
    Refusals.mustNotBeServerError(answered);
    if (answered.status() == 200) {
      long bare = Usage.ofChat(Basis.judge(probe, CHAT).json().at("/usage")).prompt();
      long seen = Usage.ofChat(answered.json().at("/usage")).prompt();
      Expect.that("prompt_tokens of the greeting with an image", seen, is(greaterThan(bare)));
    }
  }

  @Check(
      id = "errors.unknown-route",
      title = "a path that is no route is answered with 404",
      level = SHOULD,
      route = CHAT,
      source = Sources.HTTP,
      ifItFails = {"a catch-all behind the gateway answers everything"})
  void unknownRoute(Probe probe) {
    probe.chat(Basis.HELLO).path("/v1/meshcheck-no-such-route").send().mustBe(404);
  }

  @Check(
      id = "errors.wrong-method",
      title = "GET on a route that takes POST is answered with 405 or 404",
      level = SHOULD,
      route = CHAT,
      source = Sources.HTTP,
      ifItFails = {"the gateway routes by path alone"})
  void wrongMethod(Probe probe) {
    probe.chat(Basis.HELLO).method("GET").send().mustBe(404, 405);
  }

  @Check(
      id = "errors.refusals-are-json",
      title = "a refused request is told why in JSON, in one of the known forms",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_ERRORS,
      ifItFails = {"a proxy answers instead of the server"})
  void refusalsAreJson(Probe probe) {
    for (Answered refused : refusals(probe)) {
      Expect.that(
          "the message of the error body of " + refused.what(),
          ErrorBodies.message(refused),
          is(not(blankString())));
      Expect.that(
          "the form of the error body of " + refused.what(),
          ErrorBodies.dialect(refused),
          is(not(in(List.of("empty", "html", "text", "unknown object")))));
      Refusals.mustDeclareJson(refused);
    }
  }

  @Check(
      id = "errors.refusals-are-no-pages",
      title = "a refused request is never answered with a web page",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_ERRORS,
      ifItFails = {"a proxy or ingress answers instead of the gateway"})
  void refusalsAreNoPages(Probe probe) {
    refusals(probe).forEach(ErrorBodies::mustBeNoPage);
  }

  @Check(
      id = "errors.code-is-the-status",
      title = "a numeric code in an error body is the status of the answer",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_ERRORS,
      ifItFails = {"the gateway changes the status and not the body"})
  void codeIsTheStatus(Probe probe) {
    for (Answered refused : refusals(probe)) {
      if (ErrorBodies.dialect(refused).equals("error object, code")) {
        Expect.that(
            "code in the error body of " + refused.what(),
            refused.json().at("/error/code").integer(),
            is((long) refused.status()));
      }
    }
  }

  @Check(
      id = "errors.dialect",
      title = "which form error bodies have is recorded",
      level = INFO,
      route = CHAT,
      source = Sources.OPENAI_ERRORS,
      ifItFails = {"nothing is promised here"})
  void dialect(Probe probe) {
    Answered refused = unknownModel(probe, CHAT).send();
    probe.record(refused.status() + ": " + ErrorBodies.dialect(refused));
  }

  @Check(
      id = "errors.tell-nothing-of-the-inside",
      title = "no error tells a path, an address, a pod or a stack trace",
      level = MUST,
      route = CHAT,
      source = Sources.VLLM_SECURITY,
      ifItFails = {"exceptions are passed on to the client as they are"})
  void tellNothingOfTheInside(Probe probe) {
    refusals(probe).forEach(ErrorBodies::mustTellNothingOfTheInside);
  }

  @Check(
      id = "errors.do-not-echo-the-key",
      title = "no error of a request with the right key sends the key back",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_ERRORS,
      ifItFails = {"errors quote the request with its headers"})
  void doNotEchoTheKey(Probe probe) {
    probe
        .target()
        .key()
        .filter(key -> key.length() > 12)
        .ifPresent(key -> refusals(probe).forEach(r -> ErrorBodies.mustNotEcho(r, key)));
  }

  @Check(
      id = "errors.are-survived",
      title = "after all these bad requests a good one is answered",
      level = MUST,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {"a bad request takes the server down"})
  void areSurvived(Probe probe) {
    refusals(probe);
    Json answer = probe.chat(Basis.HELLO).again(4).send().mustStillBe(200).json();
    Expect.that(
        Reason.WRONG_VALUE,
        answer.at("/choices/0").present(),
        "the answer after bad requests has no choice",
        "a choice",
        answer.toString());
  }

  /** Refused requests of several kinds; those that were not refused are other checks' business. */
  private static List<Answered> refusals(Probe probe) {
    Ask chat = probe.chat(Basis.HELLO);
    List<Answered> refused =
        List.of(
                unknownModel(probe, CHAT),
                chat.with("temperature", -1),
                chat.raw("{\"model\": \"broken"),
                chat.with("messages", 5),
                chat.path("/v1/meshcheck-no-such-route"))
            .stream()
            .map(Ask::send)
            .filter(answered -> answered.status() >= 400)
            .toList();
    if (refused.isEmpty()) {
      throw new CouldNotRun(
          Reason.PREREQUISITE_FAILED,
          "no bad request was refused, so there is no error to look at");
    }
    return refused;
  }
}
