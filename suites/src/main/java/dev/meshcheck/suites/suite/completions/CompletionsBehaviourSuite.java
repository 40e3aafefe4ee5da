package dev.meshcheck.suites.suite.completions;

import static dev.meshcheck.fixtures.surface.RouteName.COMPLETIONS;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Refusals;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.StopString;
import dev.meshcheck.suites.check.Streams;
import dev.meshcheck.suites.check.Tries;
import dev.meshcheck.suites.check.Usage;
import java.util.List;
import java.util.stream.LongStream;

/** Prompts, stop strings and choices of POST /v1/completions. */
public final class CompletionsBehaviourSuite {

  private static final List<String> PROMPTS = List.of("One two three.", "Somewhere over the sea");

  /** Outside every vocabulary there is, and inside what every parser reads. */
  private static final long NO_TOKEN = 999_999_999;

  /** In every vocabulary. */
  private static final long SOME_TOKEN = 12;

  private static Json tokenized(Probe probe, String text) {
    if (probe.target().surface().route(RouteName.TOKENIZE).isEmpty()) {
      throw new Inapplicable("the surface has no /tokenize to compare with");
    }
    Given.that(() -> Basis.judge(probe, RouteName.TOKENIZE));
    return Given.that(
        () -> Said.unlessRefused(probe.tokenize(text).send(), "/tokenize").json().object());
  }

  @Check(
      id = "completions.stop-string-ends-the-text",
      title = "a stop string ends the text before it, with finish_reason stop",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"the gateway drops stop", "the stop string is sent along"})
  void stopString(Probe probe) {
    Json plain = Given.that(() -> Basis.judge(probe, COMPLETIONS).json());
    String whole = Given.text(plain.at("/choices/0/text"));
    if (whole.length() < 12) {
      throw new Inapplicable("the plain text is too short to be stopped in the middle");
    }
    String stop = StopString.middleOf(whole);
    Answered answered = probe.completions(Basis.HELLO).with("stop", List.of(stop)).send();
    Json choice = Said.unlessTheModelCannot(probe, answered).mustBe(200).json().at("/choices/0");
    StopString.mustEnd(choice, choice.at("/text").text(), whole, stop);
  }

  @Check(
      id = "completions-stream.stop-string-ends-the-text",
      title = "a stop string ends a streamed text before it too, and no part of it is sent",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {
        "the beginning of the stop string is sent before it is known",
        "what is held back while the stop string might come is never sent"
      })
  void streamedStopString(Probe probe) {
    String whole =
        Given.that(() -> Basis.judge(probe, COMPLETIONS).json().at("/choices/0/text").text());
    if (whole.length() < 12) {
      throw new Inapplicable("the plain text is too short to be stopped in the middle");
    }
    String stop = StopString.middleOf(whole);
    Ask ask = probe.completions(Basis.HELLO).with("stop", List.of(stop));
    Said.unlessTheModelCannot(probe, ask.stream());
    List<Json> chunks = Given.stream(ask).chunks();
    StopString.mustEnd(
        Given.that(() -> Streams.contentOf(chunks, "/finish_reason")),
        Streams.contentOf(chunks, "/text"),
        whole,
        stop);
  }

  @Check(
      id = "completions-stream.stops-that-never-come-lose-nothing",
      title = "a stream with a stop string that never comes ends with the last word of its text",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      pack = Pack.FULL,
      ifItFails = {"what is held back while the stop string might come is not sent at the end"})
  void stopsThatNeverCome(Probe probe) {
    String whole =
        Given.that(() -> Basis.judge(probe, COMPLETIONS).json().at("/choices/0/text").text());
    Ask ask =
        probe.completions(Basis.HELLO).with("stop", List.of(StopString.begunAtTheEndOf(whole)));
    Tries.untilGood(
        probe,
        nth -> {
          List<Json> chunks = Given.stream(ask.again(nth)).chunks();
          StopString.mustHoldBackNothing(Streams.contentOf(chunks, "/text"), whole);
        });
  }

  @Check(
      id = "completions.token-ids-count",
      title = "a prompt of token ids has as many prompt tokens as ids",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"the gateway takes text prompts only", "special tokens are added to ids"})
  void tokenIds(Probe probe) {
    List<Json> tokens = Given.items(tokenized(probe, PROMPTS.get(0)).at("/tokens"));
    List<Long> ids = tokens.stream().map(Json::integer).toList();
    Json answer =
        probe.completions("").with("prompt", ids).with("max_tokens", 2).send().mustBe(200).json();
    Expect.that("prompt_tokens", Usage.given(answer.at("/usage")).prompt(), is((long) ids.size()));
  }

  @Check(
      id = "completions.refuses-unknown-token-ids",
      title = "a token id that is in no vocabulary is refused",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.VLLM_SERVER,
      ifItFails = {"ids reach the engine unchecked"},
      about = {Reason.SERVER_ERROR})
  void unknownTokenIds(Probe probe) {
    answerToIds(probe, NO_TOKEN).mustBeRefusedAsBad("the prompt holds a token id of no vocabulary");
  }

  @Check(
      id = "completions.refuses-negative-token-ids",
      title = "a negative token id is refused",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {
        "ids reach the engine unchecked",
        "vLLM up to 0.16 hands the id to the engine, which breaks on it, perhaps for good"
      },
      about = {Reason.SERVER_ERROR})
  void negativeTokenIds(Probe probe) {
    answerToIds(probe, -1).mustBeRefusedAsBad("the prompt holds a negative token id");
  }

  private static Answered answerToIds(Probe probe, long id) {
    Answered answered = ids(probe, id).send();
    // Who takes no ids at all may say so as of anything that he does not have.
    if (answered.status() >= 400 && answered.status() < 500 && !answered.isRefusedAsBad()) {
      Given.answered(ids(probe, SOME_TOKEN));
    }
    return answered;
  }

  private static Ask ids(Probe probe, long id) {
    return probe.completions("").with("prompt", List.of(id)).with("max_tokens", 2);
  }

  @Check(
      id = "completions.echo-alone-is-the-prompt",
      title = "with echo and max_tokens 0 the text is the prompt",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"max_tokens 0 is taken for no limit", "the gateway drops echo"})
  void echoAlone(Probe probe) {
    Answered answered =
        probe.completions(Basis.HELLO).with("echo", true).with("max_tokens", 0).send();
    Json answer = Said.unlessRefused(answered, "echo without an answer").json();
    Expect.that("the text", answer.at("/choices/0/text").text(), is(Basis.HELLO));
  }

  @Check(
      id = "completions.echo-goes-with-other-options",
      title = "echo with logprobs, and of a prompt of tokens, is honoured or refused, never a 5xx",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItBreaks = {
        "the engine fails on the probabilities of a prompt",
        "the prompt is echoed as text, and it came as tokens"
      })
  void echoWithOthers(Probe probe) {
    Refusals.mustNotBeServerError(EchoSuite.withLogprobs(probe).send());
    Refusals.mustNotBeServerError(
        EchoSuite.withLogprobs(probe).with("temperature", 1).with("top_p", 0.5).send());
    Refusals.mustNotBeServerError(EchoSuite.echo(probe).with("prompt", List.of(11, 12, 13)).send());
  }

  @Check(
      id = "completions.suffix-is-no-server-error",
      title = "a suffix is honoured or refused, never a 5xx",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      pack = Pack.FULL,
      ifItBreaks = {"the engine fails on a field that the server does not check"})
  void suffix(Probe probe) {
    Refusals.mustNotBeServerError(
        probe.completions(Basis.HELLO).with("suffix", "The end.").with("max_tokens", 2).send());
  }

  @Check(
      id = "completions.prompts-count-like-tokenize",
      title = "a list of prompts has as many prompt tokens as /tokenize says of them together",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.VLLM_SERVER,
      ifItFails = {"usage counts the first prompt only", "prompts are rewritten on the way"})
  void promptsCount(Probe probe) {
    long tokens =
        PROMPTS.stream()
            .mapToLong(prompt -> Given.integer(tokenized(probe, prompt).at("/count")))
            .sum();
    Expect.that(
        "prompt_tokens of both prompts",
        Usage.given(both(probe, 1).at("/usage")).prompt(),
        is(tokens));
  }

  /** Both prompts at once, and little text for each. */
  static Ask prompts(Probe probe) {
    return probe.completions("").with("prompt", PROMPTS).with("max_tokens", 2);
  }

  static Json both(Probe probe, int n) {
    return bothSent(probe, n).mustBe(200).json();
  }

  static Answered bothSent(Probe probe, int n) {
    Ask once = prompts(probe);
    return (n == 1 ? once : once.with("n", n).with("temperature", 0.8)).send();
  }

  @Check(
      id = "completions.n-2-gives-two-choices",
      title = "n 2 gives two choices for each prompt, numbered through",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"the gateway drops n", "choices are numbered within their prompt"})
  void twoChoices(Probe probe) {
    List<Long> indexes =
        both(probe, 2).at("/choices").items().stream()
            .map(choice -> choice.at("/index").integer())
            .sorted()
            .toList();
    Expect.that("the indexes", indexes, is(LongStream.range(0, 4).boxed().toList()));
  }

  @Check(
      id = "completions-stream.each-prompt-has-its-choice",
      title = "a stream of two prompts finishes a choice for each",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"the stream ends with its first choice"})
  void streamedPrompts(Probe probe) {
    List<Json> chunks = prompts(probe).stream().events().mustBeWellFormed().chunks();
    Streams.mustFinishOnce(chunks, CompletionsSuite.FINISH_REASONS);
    Expect.that("the number of finished choices", Streams.finishReasons(chunks).size(), is(2));
  }

  @Check(
      id = "completions.choices-keep-the-order-of-prompts",
      title = "the choice of each prompt has the index of its prompt",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"choices are numbered as they get ready"})
  void orderOfPrompts(Probe probe) {
    Answered answered =
        probe
            .completions("")
            .with("prompt", PROMPTS)
            .with("echo", true)
            .with("max_tokens", 2)
            .send();
    for (Json choice : Said.unlessRefused(answered, "echo").json().at("/choices").items()) {
      int index = (int) choice.at("/index").integer();
      String said = choice.at("/text").text();
      // What is not echoed at all is another check's business.
      if (PROMPTS.stream().anyMatch(said::startsWith) && index >= 0 && index < PROMPTS.size()) {
        Expect.that("the text of choice " + index, said, startsWith(PROMPTS.get(index)));
      }
    }
  }
}
