package dev.meshcheck.suites.suite.sampling;

import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Cut;
import dev.meshcheck.suites.check.EngineOptions;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Failure;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Tries;
import dev.meshcheck.suites.check.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What sampling parameters do to an answer, whatever the model. A host that cannot do one refuses
 * it, and is not judged; one that takes it and does nothing is.
 *
 * @param teller the route that is asked
 */
record Oracles(Teller teller) {

  private static final List<String> ABOUT = List.of("fish", "river", "clock");

  /** A seed like any other, which programs that ask {@code if seed} take for none. */
  static final int SEED = 0;

  /** What the first story is about. */
  static final String STORY = ABOUT.get(0);

  private static final String LOOP = "Write the word la fifty times, separated by spaces.";
  private static final int LOOP_TOKENS = 96;

  /** Fewer repetitions than that are no loop. */
  private static final int LOOPING = 15;

  private static final int MORE_TOKENS = 8;
  private static final String MAX_TOKENS = "max_tokens";

  /** Temperature 0 is greedy: in one of three tries at least, the beginning is the same. */
  void temperature0Repeats(Probe probe) {
    String first = Teller.beginning(teller.story(probe, STORY));
    mustBeSent("temperature", teller.greedyAgain(probe, STORY, 1).send());
    Tries.untilGood(
        probe, nth -> mustBegin("at temperature 0", first, teller.greedyAgain(probe, STORY, nth)));
  }

  /** Hosts that refuse an option are asked without it, and then nothing can be said of it. */
  private static void mustBeSent(String option, Answered answered) {
    if (!answered.exchange().request().body().orElse("").contains('"' + option + "\":")) {
      throw new Inapplicable("the host refuses " + option + ", so that it is left out");
    }
  }

  /** Two seeds draw two texts; a model that is sure of everything is asked three times. */
  void seedsDiffer(Probe probe) {
    String one = wild(probe, SEED);
    Tries.untilGood(
        probe,
        nth ->
            Expect.that(
                Reason.WRONG_VALUE,
                !wild(probe, SEED + nth).equals(one),
                "two seeds at temperature 2 gave the same text of " + one.length() + " characters",
                "two different texts",
                one));
  }

  /** Two choices of one request are drawn apart, in one of three tries at least. */
  void choicesDiffer(Probe probe) {
    mustBeParsable(probe);
    Tries.untilGood(
        probe,
        nth -> {
          Ask ask = teller.wild(probe, STORY, SEED + nth).without("seed").with("n", 2);
          Json answer = Said.unlessRefused(ask.again(nth), "n 2 at temperature 2").json();
          List<Json> choices = Given.items(answer.at("/choices"));
          if (choices.size() != 2) {
            throw new Inapplicable("the answer has " + choices.size() + " choices");
          }
          String first = teller.said(choices.get(0));
          Given.that(
              () ->
                  Expect.that(
                      Reason.WRONG_VALUE, !first.isEmpty(), "there is no text", "some text", ""));
          Expect.that(
              Reason.WRONG_VALUE,
              !teller.said(choices.get(1)).equals(first),
              "both choices at temperature 2 are the same text of "
                  + first.length()
                  + " characters",
              "two different texts",
              first);
        });
  }

  /** Temperature 2 tells another story than temperature 0, in one of three tries at least. */
  void temperature2Varies(Probe probe) {
    String greedy = Teller.beginning(teller.story(probe, STORY));
    Tries.untilGood(
        probe,
        nth ->
            Expect.that(
                Reason.WRONG_VALUE,
                !wild(probe, SEED + nth).startsWith(greedy),
                "the text at temperature 2 is that at temperature 0",
                "another text",
                greedy));
  }

  /** The same seed draws the same text, as far as batching allows. */
  void seedRepeats(Probe probe) {
    String one = Teller.beginning(wild(probe, SEED));
    Tries.untilGood(
        probe,
        nth ->
            mustBegin(
                "with the same seed at temperature 2",
                one,
                teller.wild(probe, STORY, SEED).again(nth + 1)));
  }

  private String wild(Probe probe, int seed) {
    mustBeParsable(probe);
    Ask ask = teller.wild(probe, STORY, seed);
    String said = teller.said(Said.unlessRefused(ask, "a seed, or temperature 2"));
    // Answers without a text are told elsewhere, and are all alike.
    Given.that(
        () ->
            Expect.that(
                Reason.WRONG_VALUE, !said.isEmpty(), "there is no text", "some text", said));
    return said;
  }

  /** What leaves one token to choose from is greedy at every temperature. */
  void isGreedy(Probe probe, String field, Object value) {
    EngineOptions.mustBeExpected(probe, field);
    String greedy = Teller.beginning(teller.story(probe, STORY));
    if (wild(probe, SEED).startsWith(greedy)) {
      throw new Inapplicable(
          "the model says the same at temperature 2, whatever it may choose from");
    }
    Tries.untilGood(
        probe,
        nth -> {
          try {
            mustBegin(
                "with " + field + " " + value + " at temperature 2",
                greedy,
                teller.wild(probe, STORY, SEED + nth - 1).with(field, value));
          } catch (Failure e) {
            mustBeTheLikeliest(probe, greedy);
            throw e;
          }
        });
  }

  /** A text that temperature 0 does not repeat is nothing to measure another parameter with. */
  private void mustBeTheLikeliest(Probe probe, String greedy) {
    boolean repeats =
        IntStream.rangeClosed(1, Tries.K)
            .mapToObj(nth -> teller.greedyAgain(probe, STORY, nth))
            .anyMatch(ask -> teller.said(Said.unlessRefused(ask, "it")).startsWith(greedy));
    if (!repeats) {
      throw new Inapplicable("no text comes again at temperature 0, so that none is the likeliest");
    }
  }

  private void mustBegin(String how, String beginning, Ask ask) {
    String said = teller.said(Said.unlessRefused(ask, how));
    Expect.that(
        Reason.WRONG_VALUE,
        said.startsWith(beginning),
        "the text " + how + " is another one than before",
        "a text that begins with " + beginning,
        said);
  }

  /** A bias of 100 outweighs what every model wants to say. */
  void biasBrings(Probe probe) {
    mustBeParsable(probe);
    String said = teller.answered(Said.unlessRefused(biased(probe), "logit_bias"));
    if (said.isBlank()) {
      throw new Inapplicable("a parser leaves nothing of a text that is x alone");
    }
    Expect.that(
        Reason.WRONG_VALUE,
        isBiased(said),
        "with a logit_bias of 100 on the token of x the text is not x alone",
        "x, again and again",
        said);
  }

  /** A short story with a bias on the token of x that outweighs everything. */
  Ask biased(Probe probe) {
    List<Long> x = tokens(probe, "x");
    if (x.size() != 1) {
      throw new Inapplicable("the letter x is " + x.size() + " tokens here");
    }
    Ask ask = teller.greedy(probe, STORY).with(MAX_TOKENS, 4);
    return ask.with("logit_bias", Map.of(x.get(0).toString(), 100));
  }

  /** Whether that is all that the bias lets a model say. */
  static boolean isBiased(String said) {
    return said.replaceAll("\\s", "").matches("x+");
  }

  /** What one request wants is over with its answer, although an engine keeps what it computed. */
  void biasEnds(Probe probe) {
    Given.that(() -> biasBrings(probe));
    Ask plain = teller.greedy(probe, STORY).with(MAX_TOKENS, 4);
    String said = teller.said(Given.answered(plain.behind(biased(probe))));
    Expect.that(
        Reason.WRONG_VALUE,
        !isBiased(said),
        "the logit_bias of an earlier request still counts: the text is x alone",
        "a text as without logit_bias",
        said);
  }

  /** The same text cannot come again where each of its tokens is kept away. */
  void biasBans(Probe probe) {
    mustBeParsable(probe);
    String story = teller.story(probe, STORY);
    Map<String, Integer> bias = new LinkedHashMap<>();
    tokens(probe, story).forEach(token -> bias.put(token.toString(), -100));
    Ask ask = teller.greedy(probe, STORY).with("logit_bias", bias);
    String said = teller.said(Said.unlessRefused(ask, "logit_bias"));
    Expect.that(
        Reason.WRONG_VALUE,
        !said.startsWith(Teller.beginning(story)),
        "the text is the same with a logit_bias of -100 on each of its tokens",
        "a text of other tokens",
        said);
  }

  private static List<Long> tokens(Probe probe, String text) {
    if (probe.target().surface().route(RouteName.TOKENIZE).isEmpty()) {
      throw new Inapplicable("the surface has no /tokenize that tells the ids of tokens");
    }
    Given.that(() -> Basis.judge(probe, RouteName.TOKENIZE));
    Ask ask = probe.tokenize(text).with("add_special_tokens", false);
    Json answer = Said.unlessRefused(ask, "/tokenize without special tokens").json();
    return Given.items(answer.at("/tokens")).stream().map(Given::integer).toList();
  }

  /** Words come again in every story, so a penalty on them makes it another story. */
  void penaltyChanges(Probe probe, String field, int most) {
    EngineOptions.mustBeExpected(probe, field);
    mustBeParsable(probe);
    Tries.untilGood(
        probe,
        nth -> {
          String about = ABOUT.get(nth - 1);
          String plain = teller.story(probe, about);
          Ask ask = teller.greedy(probe, about).with(field, most);
          Expect.that(
              Reason.WRONG_VALUE,
              !teller.said(Said.unlessRefused(ask, field)).equals(plain),
              "the text of "
                  + plain.length()
                  + " characters is the same with "
                  + field
                  + " "
                  + most,
              "another text",
              plain);
        });
  }

  /** A penalty that grows with every repetition ends each loop some time. */
  void frequencyPenaltyEndsALoop(Probe probe) {
    mustBeParsable(probe);
    Ask ask = teller.ask(probe, LOOP, LOOP_TOKENS);
    long plain = repetitions(teller.said(Given.answered(ask)));
    if (plain < LOOPING) {
      throw new Inapplicable("the model does not loop when it is asked to");
    }
    Answered penalised = Said.unlessRefused(ask.with("frequency_penalty", 2), "frequency_penalty");
    Expect.that(
        "how often the most frequent word comes with frequency_penalty 2",
        repetitions(teller.said(penalised)),
        is(lessThan(plain)));
  }

  private static long repetitions(String text) {
    return List.of(text.split("\\s+", -1)).stream()
        .collect(Collectors.groupingBy(word -> word, Collectors.counting()))
        .values()
        .stream()
        .mapToLong(Long::longValue)
        .max()
        .orElse(0);
  }

  /** Where the end is ignored, the limit alone ends an answer. */
  void ignoreEosGoesOn(Probe probe) {
    EngineOptions.mustBeExpected(probe, "ignore_eos");
    long limit = ownEnd(probe) + MORE_TOKENS;
    Ask ask = teller.ask(probe, Basis.HELLO, limit).with("ignore_eos", true);
    Json answer = Said.unlessRefused(ask, "ignore_eos").json();
    Expect.that(
        "completion_tokens with ignore_eos and max_tokens " + limit,
        Usage.given(answer.at("/usage")).completion(),
        is(limit));
  }

  /** An answer does not end before it has as many tokens as asked for. */
  void minTokensIsKept(Probe probe) {
    EngineOptions.mustBeExpected(probe, "min_tokens");
    long least = ownEnd(probe) + MORE_TOKENS;
    Ask ask = teller.ask(probe, Basis.HELLO, least + MORE_TOKENS).with("min_tokens", least);
    Json answer = Said.unlessRefused(ask, "min_tokens").json();
    Expect.that(
        "completion_tokens with min_tokens " + least,
        Usage.given(answer.at("/usage")).completion(),
        is(greaterThanOrEqualTo(least)));
  }

  /** What a model would never say by itself breaks the parser of that family's chat format. */
  private void mustBeParsable(Probe probe) {
    if (teller.isParsed()) {
      Said.mustNotBeGptOss(probe, "what gpt-oss models say at random cannot be parsed");
    }
  }

  /** After how many tokens the plain answer ends by itself. */
  private long ownEnd(Probe probe) {
    mustBeParsable(probe);
    Json plain =
        Cut.isNot(Given.answered(teller.ask(probe, Basis.HELLO, Probe.ENOUGH_TOKENS)).json());
    return Usage.given(plain.at("/usage")).completion();
  }
}
