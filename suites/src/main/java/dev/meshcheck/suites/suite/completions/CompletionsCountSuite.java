package dev.meshcheck.suites.suite.completions;

import static dev.meshcheck.fixtures.surface.RouteName.COMPLETIONS;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.ChosenAndTop;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Marks;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.StopString;
import dev.meshcheck.suites.check.Streams;
import dev.meshcheck.suites.check.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Counts of POST /v1/completions, and the places of tokens in the text. */
public final class CompletionsCountSuite {

  /** Characters that a text needs to be stopped in its middle. */
  private static final int SHORTEST = 12;

  /** What rounding may add. */
  private static final double SLACK = 0.01;

  @Check(
      id = "completions.usage-counts-every-choice",
      title = "completion_tokens is the sum over all prompts and all choices",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"usage is that of the first choice", "n is left out of the count"})
  void everyChoice(Probe probe) {
    for (int n = 1; n <= 2; n++) {
      Json answer =
          Said.unlessRefused(CompletionsBehaviourSuite.bothSent(probe, n), "n " + n).json();
      List<Json> choices = answer.at("/choices").items();
      boolean allCut =
          choices.stream().allMatch(c -> c.at("/finish_reason").node().asText().equals("length"));
      if (allCut) {
        Expect.that(
            "completion_tokens of " + choices.size() + " choices with 2 tokens each",
            Given.that(() -> Usage.ofChat(answer.at("/usage"))).completion(),
            is(2L * choices.size()));
      }
    }
  }

  @Check(
      id = "completions.same-prompt-costs-the-same",
      title = "the same request costs the same prompt tokens every time",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"tokens that were cached are left out of the count"})
  void samePrompt(Probe probe) {
    long first = prompt(Basis.ask(probe, COMPLETIONS));
    long second = prompt(Basis.ask(probe, COMPLETIONS).again(2));
    Expect.that("prompt_tokens of the same request", second, is(first));
  }

  private static long prompt(Ask ask) {
    return Given.that(() -> Usage.ofChat(ask.send().mustBe(200).json().at("/usage"))).prompt();
  }

  @Check(
      id = "completions.logprobs-tokens-are-the-text",
      title = "the tokens of logprobs joined are the text",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {
        "tokens are told by their names in the vocabulary",
        "a token is lost",
        "the text is stripped of the blank that it begins with"
      })
  void tokensAreTheText(Probe probe) {
    Json answer = CompletionsSuite.logprobs(probe).send().mustBe(200).json();
    mustBeTheText(tokens(answer), Given.that(() -> answer.at("/choices/0/text").text()));
  }

  @Check(
      id = "completions-stream.logprobs-tokens-are-the-text",
      title = "the tokens of a stream's logprobs joined are the text that it carries",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"logprobs are sent with another chunk than their text", "a chunk is lost"})
  void streamedTokensAreTheText(Probe probe) {
    Json answer = Given.answered(CompletionsSuite.logprobs(probe)).json();
    List<String> whole = Given.that(() -> tokens(answer));
    List<Json> chunks = Given.stream(CompletionStreams.logprobs(probe)).chunks();
    List<String> all = new ArrayList<>();
    chunks.forEach(chunk -> all.addAll(tokens(chunk)));
    Expect.that(
        Reason.WRONG_VALUE,
        whole.isEmpty() || !all.isEmpty(),
        "a stream has no logprobs at all, and the whole answer has them",
        "logprobs in the chunks",
        "none in " + chunks.size() + " chunks");
    mustBeTheText(all, Streams.contentOf(chunks, "/text"));
  }

  static List<String> tokens(Json answer) {
    return answer.at("/choices/0/logprobs/tokens").optionalItems().stream()
        .map(Json::text)
        .toList();
  }

  static void mustBeTheText(List<String> tokens, String text) {
    if (text.isEmpty()) {
      throw new Inapplicable("the model said nothing");
    }
    String joined = String.join("", Marks.withoutTheFrame(tokens, text));
    // Part of a character is no text, and vLLM spells its byte as bytes:\\xF0.
    if (tokens.isEmpty() || joined.contains("\uFFFD") || joined.contains("bytes:")) {
      throw new Inapplicable("there are no logprobs, or tokens that are no text by themselves");
    }
    Expect.that(
        Reason.WRONG_VALUE,
        joined.equals(text) || !joined.strip().equals(text.strip()),
        "the text lacks white space at its edges that the tokens of logprobs have",
        joined,
        text);
    Expect.that("the joined tokens", joined, is(text));
  }

  @Check(
      id = "completions.stopped-logprobs-are-those-of-the-text",
      title = "the tokens of logprobs of a text that a stop string ended are those of that text",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      pack = Pack.FULL,
      ifItFails = {"the text is cut at the stop string and its log probabilities elsewhere"})
  void stoppedLogprobs(Probe probe) {
    String whole =
        Given.that(() -> Basis.judge(probe, COMPLETIONS).json().at("/choices/0/text").text());
    if (whole.length() < SHORTEST) {
      throw new Inapplicable("the plain text is too short to be stopped in the middle");
    }
    String stop = StopString.middleOf(whole);
    Ask ask = Basis.ask(probe, COMPLETIONS).with("stop", stop).with("logprobs", 1);
    Json answer = Said.unlessRefused(ask, "stop beside logprobs").json();
    Json choice = answer.at("/choices/0");
    if (!Given.text(choice.at("/finish_reason")).equals("stop")) {
      throw new Inapplicable("the stop string did not come");
    }
    Given.whereItFails(
        probe,
        () -> StopString.mustBeTheTokens(tokens(answer), Given.text(choice.at("/text")), stop),
        () -> tokensAreTheText(probe));
  }

  @Check(
      id = "completions.text-offsets-fit-the-tokens",
      title = "each text_offset lies behind the one before by the length of that token",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"offsets are counted in tokens or bytes", "offsets are those of another text"})
  void textOffsets(Probe probe) {
    Json answer = CompletionsSuite.logprobs(probe).send().mustBe(200).json();
    mustFitTheTokens(
        Given.that(() -> answer.at("/choices/0/logprobs/text_offset").items()), tokens(answer));
  }

  @Check(
      id = "completions-stream.text-offsets-fit-the-tokens",
      title = "text_offset goes on from chunk to chunk, behind an echoed prompt too",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {
        "each chunk counts anew",
        "the length of an echoed prompt is left out of what has been sent"
      })
  void streamedOffsets(Probe probe) {
    List<Json> offsets = new ArrayList<>();
    List<String> tokens = new ArrayList<>();
    List<Json> chunks = Given.stream(CompletionStreams.logprobs(probe)).chunks();
    for (Json chunk : chunks) {
      offsets.addAll(chunk.at("/choices/0/logprobs/text_offset").optionalItems());
      tokens.addAll(tokens(chunk));
    }
    if (offsets.isEmpty()) {
      throw new Inapplicable("the stream has no text offsets");
    }
    if (Marks.beginsOutside(tokens, Streams.contentOf(chunks, "/text"))) {
      throw new Inapplicable("the prompt begins with a token that is no text, and may be counted");
    }
    mustFitTheTokens(offsets, tokens);
  }

  private static void mustFitTheTokens(List<Json> offsets, List<String> tokens) {
    for (int i = 1; i < Math.min(offsets.size(), tokens.size()); i++) {
      String before = tokens.get(i - 1);
      // Beyond ASCII, servers count characters, code points or what the tokens are written as.
      if (before.chars().allMatch(c -> c < 0x80) && !before.startsWith("bytes:")) {
        Expect.that(
            offsets.get(i).place(),
            offsets.get(i).integer(),
            is(offsets.get(i - 1).integer() + before.length()));
      }
    }
  }

  @Check(
      id = "completions.tops-are-no-more-than-certain",
      title = "the probabilities of the likely tokens at one place add up to 1 at most",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"logits are sent instead of log probabilities"})
  void noMoreThanCertain(Probe probe) {
    for (Json tops : tops(probe)) {
      double sum = 0;
      for (Map.Entry<String, JsonNode> top : tops.node().properties()) {
        sum += Math.exp(top.getValue().asDouble());
      }
      Expect.that(
          "the sum of the probabilities at " + tops.place(), sum, is(lessThanOrEqualTo(1 + SLACK)));
    }
  }

  @Check(
      id = "completions.tops-hold-the-chosen",
      title = "the chosen token is among the likely ones",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"tops are those of another place"})
  void holdTheChosen(Probe probe) {
    List<Json> all = tops(probe);
    Json answer = Given.answered(CompletionsSuite.logprobs(probe)).json();
    List<String> tokens = tokens(answer);
    for (int i = 0; i < Math.min(tokens.size(), all.size()); i++) {
      Expect.that(
          Reason.WRONG_VALUE,
          !all.get(i).present() || all.get(i).node().has(tokens.get(i)),
          "the token at " + all.get(i).place() + " is not among the likely ones",
          "a map with " + tokens.get(i),
          all.get(i).toString());
    }
  }

  @Check(
      id = "completions.logprobs-fit-the-tops",
      title = "token_logprobs are what top_logprobs say of the same tokens",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"log probabilities are those of another place, or of another distribution"})
  void fitTheTops(Probe probe) {
    List<Json> tops = tops(probe);
    Json answer = Given.answered(CompletionsSuite.logprobs(probe)).json();
    List<String> tokens = Given.that(() -> tokens(answer));
    List<Json> chosen = answer.at("/choices/0/logprobs/token_logprobs").optionalItems();
    ChosenAndTop pairs = new ChosenAndTop();
    for (int i = 0; i < Math.min(Math.min(tokens.size(), tops.size()), chosen.size()); i++) {
      Json top = tops.get(i);
      if (chosen.get(i).node().isNumber() && top.node().path(tokens.get(i)).isNumber()) {
        pairs.add(chosen.get(i), top.node().path(tokens.get(i)).asDouble());
      }
    }
    pairs.mustAgree();
  }

  private static List<Json> tops(Probe probe) {
    Json answer = Given.answered(CompletionsSuite.logprobs(probe)).json();
    List<Json> tops = answer.at("/choices/0/logprobs/top_logprobs").optionalItems();
    if (tops.isEmpty()) {
      throw new Inapplicable("the host tells no top_logprobs");
    }
    return tops;
  }
}
