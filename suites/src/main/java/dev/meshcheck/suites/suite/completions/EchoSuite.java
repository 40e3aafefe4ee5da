package dev.meshcheck.suites.suite.completions;

import static dev.meshcheck.fixtures.surface.RouteName.COMPLETIONS;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Usage;
import java.util.List;

/** The log probabilities of a prompt, which evaluations of models read with echo. */
public final class EchoSuite {

  /** Fewer may be equal by chance. */
  private static final int ENOUGH = 3;

  /** Of several tokens. */
  static final String PROMPT = "Somewhere over the sea";

  static Ask echo(Probe probe) {
    return probe.completions(PROMPT).with("echo", true).with("max_tokens", 2);
  }

  static Ask withLogprobs(Probe probe) {
    return echo(probe).with("logprobs", 1);
  }

  private static Json echoed(Probe probe) {
    return Said.unlessRefused(withLogprobs(probe), "echo with logprobs").json();
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
    Json answer = echoed(probe);
    List<Json> all = answer.at("/choices/0/logprobs/token_logprobs").optionalItems();
    long prompt = Math.min(all.size(), Usage.given(answer.at("/usage")).prompt());
    List<Json> told = all.stream().limit(prompt).filter(Json::present).toList();
    if (told.size() < ENOUGH) {
      throw new Inapplicable("the host tells no log probabilities of a prompt");
    }
    Expect.that(
        Reason.WRONG_VALUE,
        told.stream().mapToDouble(Json::number).distinct().count() > 1,
        "every token of the prompt has the same log probability",
        "a log probability for each of " + told.size() + " tokens",
        told.get(0).toString());
  }
}
