package dev.meshcheck.suites.suite.completions;

import static dev.meshcheck.fixtures.surface.RouteName.COMPLETIONS;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.startsWith;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Streams;
import dev.meshcheck.suites.check.Tries;
import dev.meshcheck.suites.check.Usage;
import java.util.List;
import java.util.stream.IntStream;

/** The log probabilities of a prompt, which evaluations of models read with echo. */
public final class EchoSuite {

  /** Fewer may be equal by chance. */
  private static final int ENOUGH = 3;

  /** What the order of sums in a batch may change in a log probability, and no other token does. */
  private static final double BATCHING = 0.5;

  /** Of several tokens. */
  static final String PROMPT = "Somewhere over the sea";

  static Ask echo(Probe probe) {
    return probe.completions(PROMPT).with("echo", true).with("max_tokens", 2);
  }

  static Ask withLogprobs(Probe probe) {
    return echo(probe).with("logprobs", 1);
  }

  private static Json echoed(Probe probe) {
    return echoed(withLogprobs(probe));
  }

  private static Json echoed(Ask ask) {
    return Said.unlessRefused(ask, "echo with logprobs").json();
  }

  /** The log probabilities of the prompt; the first token has none. */
  private static List<Double> ofThePrompt(Json answer) {
    List<Json> all = answer.at("/choices/0/logprobs/token_logprobs").optionalItems();
    long prompt = Math.min(all.size(), Usage.given(answer.at("/usage")).prompt());
    List<Double> told = all.stream().limit(prompt).filter(Json::present).map(Json::number).toList();
    if (told.size() < ENOUGH) {
      throw new Inapplicable("the host tells no log probabilities of a prompt");
    }
    return told;
  }

  @Check(
      id = "completions-stream.echo-repeats-the-prompt",
      title = "with echo a streamed text starts with the prompt, too",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      pack = Pack.FULL,
      ifItFails = {"echo is dropped where a completion is streamed"})
  void streamed(Probe probe) {
    Json whole = Said.unlessRefused(echo(probe), "echo").json();
    if (!whole.at("/choices/0/text").optionalText().orElse("").startsWith(PROMPT)) {
      throw new Inapplicable("the whole answer does not repeat the prompt either");
    }
    List<Json> chunks = Given.chunks(Said.unlessRefused(echo(probe).stream(), "echo in a stream"));
    Expect.that("the streamed text", Streams.contentOf(chunks, "/text"), startsWith(PROMPT));
  }

  @Check(
      id = "completions.echoed-tokens-are-the-text",
      title = "with echo the tokens of logprobs joined are the prompt and what follows",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"the tokens of the prompt are left out", "a token is lost"})
  void tokensAreTheText(Probe probe) {
    Json answer = echoed(probe);
    CompletionsCountSuite.mustBeTheText(
        CompletionsCountSuite.tokens(answer), answer.at("/choices/0/text").text());
  }

  @Check(
      id = "completions.first-echoed-token-has-no-probability",
      title = "with echo the first token of the prompt has the log probability null",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {
        "0.0 stands where nothing was computed, and evaluations count a token that is certain",
        "the probabilities are those of the token behind"
      })
  void firstHasNone(Probe probe) {
    Json answer = Given.that(() -> echoed(probe));
    if (!answer.at("/choices/0/text").optionalText().orElse("").startsWith(PROMPT)) {
      throw new Inapplicable("the answer does not repeat the prompt");
    }
    List<Double> told = ofThePrompt(answer);
    Json first = answer.at("/choices/0/logprobs/token_logprobs/0");
    Expect.that(
        Reason.WRONG_VALUE,
        !first.present(),
        "the first token of the prompt has a log probability, and nothing stands before it",
        "null, as there is nothing to tell it from",
        told.get(0).toString());
  }

  @Check(
      id = "completions.echoed-tokens-differ-in-probability",
      title = "with echo each token of the prompt has a log probability of its own",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {
        "the prompt is computed at its last place alone, and that is told for every token",
        "the probabilities of a prompt are made up"
      })
  void tokensDiffer(Probe probe) {
    List<Double> told = ofThePrompt(echoed(probe));
    Expect.that(
        Reason.WRONG_VALUE,
        told.stream().distinct().count() > 1,
        "every token of the prompt has the same log probability",
        "a log probability for each of " + told.size() + " tokens",
        told.get(0).toString());
  }

  @Check(
      id = "completions.echoed-probabilities-repeat",
      title = "with echo the tokens of a prompt are as probable when it is asked again",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {
        "the second time the prompt comes from the cache, and its probabilities from somewhere else"
      })
  void probabilitiesRepeat(Probe probe) {
    List<Double> first = ofThePrompt(echoed(probe));
    Tries.untilGood(
        probe,
        nth -> {
          List<Double> again = ofThePrompt(echoed(withLogprobs(probe).again(nth + 1)));
          boolean close =
              first.size() == again.size()
                  && IntStream.range(0, first.size())
                      .allMatch(i -> Math.abs(first.get(i) - again.get(i)) <= BATCHING);
          Expect.that(
              Reason.WRONG_VALUE,
              close,
              "the same prompt has other log probabilities when it is asked again",
              first.toString(),
              again.toString());
        });
  }
}
