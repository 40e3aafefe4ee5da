package dev.meshcheck.suites.suite.chat;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.ChosenAndTop;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.SkyColour;
import dev.meshcheck.suites.check.Sources;
import java.util.List;

/** The likely tokens beside each chosen one, at temperature 0. */
public final class TopLogprobsSuite {

  private static final int MOST = 20;

  /** What rounding may add. */
  private static final double SLACK = 0.01;

  /** One chosen token, and the likely ones beside it. */
  private record Choice(Json chosen, List<Json> tops) {
    String token() {
      return Given.text(chosen.at("/token"));
    }

    boolean isChosen(Json top) {
      return Given.text(top.at("/token")).equals(token());
    }
  }

  /** That there are as many as asked for is judged by {@link LogprobsSuite}. */
  private static List<Choice> choices(Probe probe) {
    List<Choice> choices =
        LogprobsSuite.given(probe).stream()
            .map(entry -> new Choice(entry, entry.at("/top_logprobs").optionalItems()))
            .filter(choice -> !choice.tops().isEmpty())
            .toList();
    if (choices.isEmpty()) {
      throw new Inapplicable("the host tells no top_logprobs");
    }
    return choices;
  }

  private static double logprob(Json entry) {
    return Given.that(() -> entry.at("/logprob").number());
  }

  /** So much of each token that a stream is large. */
  static Ask large(Probe probe) {
    return probe
        .chat("Count from one to fifty in words.")
        .with("max_tokens", 60)
        .with("logprobs", true)
        .with("top_logprobs", MOST);
  }

  @Check(
      id = "chat.top-logprobs-go-to-20",
      title = "20 likely tokens, the most that the API allows, are taken",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"the engine is started with a lower limit (vLLM: --max-logprobs)"})
  void goTo20(Probe probe) {
    Given.that(() -> LogprobsSuite.given(probe));
    Given.stream(probe.chat(Basis.HELLO));
    large(probe).stream().mustBe(200);
  }

  @Check(
      id = "chat.top-logprobs-are-20",
      title = "where 20 likely tokens are asked for, 20 come, and not fewer",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"a gateway cuts the list, to five as for completions"})
  void are20(Probe probe) {
    Said.unlessRefused(large(probe).stream(), "20 likely tokens");
    Given.that(() -> goTo20(probe));
    List<Json> chunks = Given.chunks(large(probe).stream());
    int most =
        LogprobsSuite.streamedEntries(chunks).stream()
            .mapToInt(entry -> entry.at("/top_logprobs").optionalItems().size())
            .max()
            .orElse(0);
    if (most == 0) {
      throw new Inapplicable("the stream tells no top_logprobs");
    }
    Expect.that("the most likely tokens beside one", most, is(greaterThanOrEqualTo(MOST)));
  }

  @Check(
      id = "chat.whole-answers-have-20-tops",
      title = "where 20 likely tokens are taken, a whole answer has 20 beside each token",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      pack = Pack.FULL,
      ifItFails = {"a gateway cuts the list, to five as for completions"})
  void wholeHave20(Probe probe) {
    Given.that(() -> goTo20(probe));
    Ask ask = large(probe).with("max_tokens", 1);
    Answered answered = Said.unlessRefused(ask, "top_logprobs " + MOST);
    List<Json> entries =
        Given.that(() -> answered.json().at("/choices/0/logprobs/content").items());
    if (entries.isEmpty()) {
      throw new Inapplicable("the answer tells no log probabilities");
    }
    for (Json entry : entries) {
      Json tops = entry.at("/top_logprobs");
      Expect.that(
          "the number of likely tokens at " + tops.place(),
          tops.optionalItems().size(),
          is(greaterThanOrEqualTo(MOST)));
    }
  }

  @Check(
      id = "chat.tops-are-no-more-than-certain",
      title = "the probabilities of the likely tokens at one place add up to 1 at most",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"logits are sent instead of log probabilities", "a token is listed twice"})
  void noMoreThanCertain(Probe probe) {
    for (Choice choice : choices(probe)) {
      double sum = choice.tops().stream().mapToDouble(top -> Math.exp(logprob(top))).sum();
      Expect.that(
          "the sum of the probabilities at " + choice.chosen().place(),
          sum,
          is(lessThanOrEqualTo(1 + SLACK)));
    }
  }

  @Check(
      id = "chat.tops-come-likeliest-first",
      title = "the likely tokens come in the order of their probability",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"a gateway gathers them in a map without order"})
  void likeliestFirst(Probe probe) {
    for (Choice choice : choices(probe)) {
      List<Json> tops = choice.tops();
      // vLLM puts the chosen token first, which a penalty of the model's own may make less likely.
      for (int i = choice.isChosen(tops.get(0)) ? 2 : 1; i < tops.size(); i++) {
        Expect.that(
            tops.get(i).at("/logprob").place(),
            logprob(tops.get(i)),
            is(lessThanOrEqualTo(logprob(tops.get(i - 1)) + SLACK)));
      }
    }
  }

  @Check(
      id = "chat.logprobs-fit-the-tops",
      title = "the log probability of a chosen token is what the list of likely ones says of it",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"log probabilities are those of another place, or of another distribution"})
  void fitTheTops(Probe probe) {
    ChosenAndTop pairs = new ChosenAndTop();
    for (Choice choice : choices(probe)) {
      choice.tops().stream()
          .filter(choice::isChosen)
          .findFirst()
          .ifPresent(top -> pairs.add(choice.chosen().at("/logprob"), logprob(top)));
    }
    pairs.mustAgree();
  }

  @Check(
      id = "chat.tops-hold-the-chosen",
      title = "at temperature 0 the chosen token is among the likely ones",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"answers are sampled whatever is asked for", "tops are those of another place"})
  void holdTheChosen(Probe probe) {
    for (Choice choice : choices(probe)) {
      double least = choice.tops().stream().mapToDouble(TopLogprobsSuite::logprob).min().orElse(0);
      // What is less likely than all of them was chosen because of a penalty.
      Expect.that(
          Reason.WRONG_VALUE,
          choice.tops().stream().anyMatch(choice::isChosen)
              || logprob(choice.chosen()) <= least + SLACK,
          "the chosen token at " + choice.chosen().place() + " is not among the likely ones",
          "a list with " + choice.token(),
          choice.tops().toString());
    }
  }

  @Check(
      id = "chat.tops-come-whatever-is-sampled",
      title = "a top_p below 1 takes no likely token out of the log probabilities",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"log probabilities are those that are left once top_p has cut the others off"})
  void whateverIsSampled(Probe probe) {
    Ask plain = LogprobsSuite.ask(probe);
    Given.that(() -> mustHaveTwoTops(Said.unlessRefused(plain, "logprobs")));
    mustHaveTwoTops(Said.unlessRefused(plain.with("top_p", 0.5), "logprobs with top_p"));
  }

  private static void mustHaveTwoTops(Answered answered) {
    for (Json entry : answered.json().at("/choices/0/logprobs/content").items()) {
      Expect.that(entry.at("/top_logprobs").place(), entry.at("/top_logprobs").items(), hasSize(2));
    }
  }

  @Check(
      id = "chat.logprobs-come-with-a-schema",
      title = "a structured answer has the log probabilities that were asked for",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"what a grammar forbids has no finite log probability, and is sent as none"},
      ifItBreaks = {"what a grammar forbids has the log probability -inf, which is no JSON"})
  void withASchema(Probe probe) {
    List<Json> plain = LogprobsSuite.given(probe);
    Given.that(() -> Expect.that("log probabilities without a schema", plain, is(not(empty()))));
    Given.that(() -> Said.unlessRefused(SkyColour.ask(probe), "json_schema"));
    Ask both = SkyColour.ask(probe).with("logprobs", true).with("top_logprobs", 2);
    Answered answered = Said.unlessRefused(both, "logprobs with a schema");
    Expect.that(
        "the entries of the log probabilities of a structured answer",
        answered.json().at("/choices/0/logprobs/content").items(),
        is(not(empty())));
  }
}
