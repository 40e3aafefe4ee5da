package dev.meshcheck.suites.suite.tokenize;

import static dev.meshcheck.fixtures.surface.RouteName.DETOKENIZE;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Refusals;
import dev.meshcheck.suites.check.Sources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** POST /detokenize. */
public final class DetokenizeSuite {

  private static List<Long> tokens(Ask tokenize) {
    return Given.items(Given.answered(tokenize).json().at("/tokens")).stream()
        .map(Given::integer)
        .toList();
  }

  private static String text(Probe probe, List<Long> tokens) {
    return probe.detokenize(tokens).send().mustBe(200).json().at("/prompt").text();
  }

  @Check(
      id = "detokenize.answers",
      title = "a detokenize request with valid credentials is answered with 200 and JSON",
      level = MUST,
      route = DETOKENIZE,
      source = Sources.DETOKENIZE,
      pack = Pack.SMOKE,
      first = true,
      ifItFails = {
        "the base URL is wrong: /detokenize lives above /v1",
        "the gateway does not route /detokenize to the server"
      },
      about = {Reason.ROUTE_NOT_FOUND, Reason.HTML_INSTEAD_OF_JSON})
  void answers(Probe probe) {
    Basis.judge(probe, DETOKENIZE);
  }

  @Check(
      id = "detokenize.content-type-is-json",
      title = "a detokenize answer says that it is application/json",
      level = MUST,
      route = DETOKENIZE,
      source = Sources.DETOKENIZE,
      ifItFails = {"a proxy rewrites headers"})
  void contentTypeIsJson(Probe probe) {
    Refusals.mustDeclareJson(Basis.judge(probe, DETOKENIZE));
  }

  @Check(
      id = "detokenize.gives-the-text-back",
      title = "the tokens of a text give the text back",
      level = MUST,
      route = DETOKENIZE,
      source = Sources.DETOKENIZE,
      ifItFails = {
        "/tokenize and /detokenize are answered by servers with different tokenizers",
        "the text is trimmed on the way"
      })
  void givesTheTextBack(Probe probe) {
    String text = text(probe, tokens(probe.tokenize(Basis.HELLO)));
    // /tokenize adds special tokens by default, which may have a text of their own.
    Expect.that("the text given back", text, containsString(Basis.HELLO));
  }

  @Check(
      id = "detokenize.round-trip-is-exact",
      title = "without special tokens an ASCII text comes back exactly",
      level = MUST,
      route = DETOKENIZE,
      source = Sources.VLLM_SERVER,
      ifItFails = {"a character is lost at an edge", "the text is trimmed on the way"})
  void roundTripIsExact(Probe probe) {
    String sentence = "The quick brown fox jumps over the lazy dog";
    Ask plain = probe.tokenize(sentence).with("add_special_tokens", false);
    Expect.that("the text given back", text(probe, tokens(plain)), is(sentence));
  }

  @Check(
      id = "detokenize.every-script-survives",
      title = "text of every script and white space come back",
      level = SHOULD,
      route = DETOKENIZE,
      source = Sources.VLLM_SERVER,
      ifItFails = {
        "code points are broken between tokens",
        "the tokenizer normalises text",
        "spaces before punctuation are cleaned up (clean_up_tokenization_spaces)"
      })
  void everyScriptSurvives(Probe probe) {
    Ask plain = EveryScript.tokenize(probe).with("add_special_tokens", false);
    EveryScript.mustBe(text(probe, tokens(plain)));
  }

  @Check(
      id = "detokenize.no-tokens-are-no-text",
      title = "no tokens give the empty text",
      level = SHOULD,
      route = DETOKENIZE,
      source = Sources.VLLM_SERVER,
      ifItFails = {"an empty list is refused"})
  void noTokens(Probe probe) {
    Expect.that("the text of no tokens", text(probe, List.of()), is(""));
  }

  @Check(
      id = "detokenize.refuses-wrong-tokens",
      title = "negative, fractional and textual tokens are refused",
      level = MUST,
      route = DETOKENIZE,
      source = Sources.DETOKENIZE,
      pack = Pack.FULL,
      ifItFails = {"tokens reach the tokenizer unchecked"},
      about = {Reason.SERVER_ERROR})
  void refusesWrongTokens(Probe probe) {
    Map<String, Ask> cases = new LinkedHashMap<>();
    Ask any = probe.detokenize(List.of());
    cases.put("a token is negative", any.with("tokens", List.of(-1)));
    cases.put("a token is a fraction", any.with("tokens", List.of(1.5)));
    cases.put("a token is a text", any.with("tokens", List.of("hello")));
    Refusals.allMustBeRefusedAsBad(cases);
  }

  @Check(
      id = "detokenize.huge-token-does-not-hang",
      title = "a token beyond every vocabulary is answered one way or another",
      level = SHOULD,
      route = DETOKENIZE,
      source = Sources.VLLM_SERVER,
      ifItFails = {
        "the tokenizer fails on ids that it does not know: a known weakness of vLLM",
        "tokenizers in the manner of tiktoken, such as those of Kimi, fail on such an id"
      },
      about = {Reason.SERVER_ERROR, Reason.TIMEOUT})
  void hugeToken(Probe probe) {
    Refusals.mustNotBeServerError(probe.detokenize(List.of(2_000_000_000L)).send());
  }
}
