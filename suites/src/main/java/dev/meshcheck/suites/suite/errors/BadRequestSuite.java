package dev.meshcheck.suites.suite.errors;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.fixtures.surface.RouteName.COMPLETIONS;
import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.hasItem;

import dev.meshcheck.fixtures.exchange.JsonText;
import dev.meshcheck.suites.check.Absence;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Refusals;
import dev.meshcheck.suites.check.Sources;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parameters that make no sense, routes that are none. */
public final class BadRequestSuite {

  @Check(
      id = "errors.out-of-range",
      title = "sampling parameters out of their range are refused",
      level = MUST,
      elsewhere = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"the gateway drops parameters", "sampling parameters are not validated"},
      ifItBreaks = {"sampling parameters are not validated"})
  void outOfRange(Probe probe) {
    Ask chat = probe.chat(Basis.HELLO);
    Map<String, Ask> cases = new LinkedHashMap<>();
    cases.put("top_p is 1.5", chat.with("top_p", 1.5));
    cases.put("presence_penalty is 3", chat.with("presence_penalty", 3));
    cases.put("frequency_penalty is -3", chat.with("frequency_penalty", -3));
    cases.put("n is 0", chat.with("n", 0));
    cases.put("max_tokens is -5", chat.with("max_tokens", -5));
    cases.put("max_tokens is 1.5", chat.with("max_tokens", 1.5));
    Refusals.allMustBeRefusedAsBad(cases);
  }

  @Check(
      id = "errors.temperature-above-2",
      title = "a temperature above 2 is refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"the range is not checked, as in vLLM up to 0.22"})
  void temperatureAboveTwo(Probe probe) {
    probe.chat(Basis.HELLO).with("temperature", 5).send().mustBeRefusedAsBad("temperature is 5");
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
    Refusals.allMustBeRefusedAsBad(cases);
  }

  @Check(
      id = "errors.empty-messages-are-no-server-error",
      title = "an empty list of messages is answered or refused, never a 5xx",
      level = MUST,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItBreaks = {
        "the chat template fails on an empty list",
        "the renderer of DeepSeek-V3.2 in vLLM fails on it"
      })
  void emptyMessages(Probe probe) {
    Refusals.mustNotBeServerError(probe.chat("").with("messages", List.of()).send());
  }

  @Check(
      id = "errors.limit-beyond-the-model",
      title = "max_tokens far beyond the model's length is refused",
      level = SHOULD,
      elsewhere = INFO,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {"the gateway clamps the limit without saying so"})
  void limitBeyondTheModel(Probe probe) {
    probe
        .chat(Basis.HELLO)
        .with("max_tokens", 100_000_000)
        .send()
        .mustBeRefusedAsBad("max_tokens is a hundred million");
  }

  @Check(
      id = "errors.content-type-is-checked",
      title = "a body that does not say it is JSON is refused with 400 or 415",
      level = SHOULD,
      elsewhere = INFO,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {"the gateway adds the content type"})
  void contentType(Probe probe) {
    probe.chat(Basis.HELLO).header("Content-Type", "text/plain").send().mustBe(400, 415);
  }

  @Check(
      id = "errors.unknown-route",
      title = "a path that is no route is answered with 404",
      level = SHOULD,
      route = CHAT,
      source = Sources.HTTP,
      ifItFails = {"a catch-all behind the gateway answers everything"})
  void unknownRoute(Probe probe) {
    probe.chat(Basis.HELLO).path(Absence.madeUpPath(probe)).send().mustBe(404);
  }

  @Check(
      id = "errors.wrong-method",
      title = "GET on a route that takes POST is answered with 405 or 404",
      level = SHOULD,
      route = CHAT,
      source = Sources.HTTP,
      ifItFails = {"the gateway routes by path alone"})
  void wrongMethod(Probe probe) {
    Answered answered = probe.chat(Basis.HELLO).method("GET").send();
    if (listsWhatIsStored(answered)) {
      throw new Inapplicable("GET lists what is stored here, as OpenAI documents it");
    }
    answered.mustBe(404, 405);
  }

  /**
   * The route of the list of stored completions has the same path.
   *
   * @see <a href="https://platform.openai.com/docs/api-reference/chat/list">List Chat
   *     Completions</a>
   */
  private static boolean listsWhatIsStored(Answered answered) {
    return answered.isWhole()
        && answered.status() == 200
        && JsonText.read(answered.body()).path("object").asText().equals("list");
  }

  @Check(
      id = "errors.wrong-method-names-the-right-one",
      title = "a 405 says in Allow that the route takes POST",
      level = SHOULD,
      route = CHAT,
      source = Sources.HTTP,
      ifItFails = {"a gateway answers 405 by itself and does not know the methods"})
  void allow(Probe probe) {
    Answered answered = probe.chat(Basis.HELLO).method("GET").send();
    if (answered.status() != 405) {
      throw new Inapplicable("a wrong method is answered with " + answered.status());
    }
    String allow = String.join(", ", answered.answer().headers().all("Allow"));
    List<String> methods = Arrays.stream(allow.split(",")).map(String::strip).toList();
    Expect.that("Allow", methods, hasItem("POST"));
  }

  @Check(
      id = "errors.completions-out-of-range",
      title = "sampling parameters of a completion out of their range are refused",
      level = MUST,
      elsewhere = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      pack = Pack.FULL,
      ifItFails = {"only chat is validated", "the gateway drops parameters"})
  void completionsOutOfRange(Probe probe) {
    mustRefuseOutOfRange(probe.completions(Basis.HELLO), "max_tokens");
  }

  @Check(
      id = "errors.responses-out-of-range",
      title = "sampling parameters of a response out of their range are refused",
      level = MUST,
      elsewhere = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      pack = Pack.FULL,
      ifItFails = {"only chat is validated", "the gateway drops parameters"})
  void responsesOutOfRange(Probe probe) {
    mustRefuseOutOfRange(probe.responses(Basis.HELLO), "max_output_tokens");
  }

  private static void mustRefuseOutOfRange(Ask ask, String limit) {
    Map<String, Ask> cases = new LinkedHashMap<>();
    cases.put("temperature is -1", ask.with("temperature", -1));
    cases.put("top_p is 1.5", ask.with("top_p", 1.5));
    cases.put(limit + " is -5", ask.with(limit, -5));
    Refusals.allMustBeRefusedAsBad(cases);
  }

  @Check(
      id = "errors.odd-options-are-no-server-error",
      title = "options with values that make no sense are answered or refused, never a 5xx",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItBreaks = {"the values reach the engine unchecked, which fails on them"})
  void oddOptions(Probe probe) {
    Ask chat = probe.chat(Basis.HELLO).with("max_tokens", 4);
    for (Ask odd :
        List.of(
            chat.with("seed", new BigInteger("99999999999999999999")),
            chat.with("logit_bias", Map.of("999999999", 1)),
            chat.with("stop", List.of("")),
            chat.with("stop", List.of()),
            chat.with("top_logprobs", 1_000).with("logprobs", true))) {
      Refusals.mustNotBeServerError(odd.send());
    }
  }
}
