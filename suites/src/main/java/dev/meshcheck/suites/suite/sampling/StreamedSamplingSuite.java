package dev.meshcheck.suites.suite.sampling;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

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
import dev.meshcheck.suites.check.Tries;
import java.util.List;

/**
 * That sampling parameters do in a stream what they do in a whole answer: gateways and engines
 * build the two requests in different places. What a parameter does at all is for {@link
 * ChatSamplingSuite}.
 */
public final class StreamedSamplingSuite {

  private static final Teller TELLER = Teller.CHAT;
  private static final Oracles ORACLES = new Oracles(TELLER);

  @Check(
      id = "chat-stream.same-seed-same-text",
      title = "a seed draws the same text in a stream as in a whole answer, in one of three tries",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      pack = Pack.FULL,
      ifItFails = {"seed is dropped where an answer is streamed"})
  void sameSeedSameText(Probe probe) {
    Given.that(() -> ORACLES.seedRepeats(probe));
    Ask ask = TELLER.wild(probe, Oracles.STORY, Oracles.SEED);
    mustStream(probe, ask, Teller.beginning(TELLER.said(Given.answered(ask))), "the same seed");
  }

  @Check(
      id = "chat-stream.tiny-top-p-is-greedy",
      title = "a top_p next to 0 gives the likeliest text in a stream at temperature 2, too",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      pack = Pack.FULL,
      ifItFails = {"top_p is dropped where an answer is streamed"})
  void tinyTopPIsGreedy(Probe probe) {
    mustBeGreedy(probe, "top_p", 0.001);
  }

  @Check(
      id = "chat-stream.top-k-1-is-greedy",
      title = "top_k 1 gives the likeliest text in a stream at temperature 2, too, or is refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.CHAT,
      pack = Pack.FULL,
      ifItFails = {"top_k is dropped where an answer is streamed"})
  void topK1IsGreedy(Probe probe) {
    mustBeGreedy(probe, "top_k", 1);
  }

  @Check(
      id = "chat-stream.min-p-1-is-greedy",
      title = "min_p 1 gives the likeliest text in a stream at temperature 2, too, or is refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.CHAT,
      pack = Pack.FULL,
      ifItFails = {"min_p is dropped where an answer is streamed"})
  void minP1IsGreedy(Probe probe) {
    mustBeGreedy(probe, "min_p", 1);
  }

  @Check(
      id = "chat-stream.logit-bias-brings-a-token",
      title = "a logit_bias of 100 makes its token come in a stream, too, or is refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      pack = Pack.FULL,
      ifItFails = {"logit_bias is dropped where an answer is streamed"})
  void logitBiasBringsAToken(Probe probe) {
    Given.that(() -> ORACLES.biasBrings(probe));
    mustStreamTheStory(probe);
    String said = Teller.streamedAnswer(chunks(ORACLES.biased(probe), "logit_bias"));
    Expect.that(
        Reason.WRONG_VALUE,
        Oracles.isBiased(said),
        "with a logit_bias of 100 on the token of x the streamed text is not x alone",
        "x, again and again",
        said);
  }

  /** Where plain streams tell something else than whole answers, that is told elsewhere. */
  private static void mustStreamTheStory(Probe probe) {
    Ask ask = TELLER.greedy(probe, Oracles.STORY);
    String whole = Teller.beginning(TELLER.story(probe, Oracles.STORY));
    if (!streamed(ask, "a story").startsWith(whole)) {
      throw new Inapplicable("the plain stream is not the text of the plain answer");
    }
  }

  private static void mustBeGreedy(Probe probe, String field, Object value) {
    Given.that(() -> ORACLES.isGreedy(probe, field, value));
    String greedy = Teller.beginning(TELLER.story(probe, Oracles.STORY));
    Ask ask = TELLER.wild(probe, Oracles.STORY, Oracles.SEED).with(field, value);
    mustStream(probe, ask, greedy, field + " " + value);
  }

  private static void mustStream(Probe probe, Ask ask, String beginning, String how) {
    mustStreamTheStory(probe);
    if (TELLER.story(probe, Oracles.STORY).startsWith(beginning)
        && TELLER
            .said(Given.answered(TELLER.wild(probe, Oracles.STORY, Oracles.SEED)))
            .startsWith(beginning)) {
      throw new Inapplicable("the model says the same at temperature 2 as at 0");
    }
    Tries.untilGood(
        probe,
        nth -> {
          String said = streamed(ask.again(nth), how);
          Expect.that(
              Reason.WRONG_VALUE,
              said.startsWith(beginning),
              "the stream with " + how + " at temperature 2 is not the whole answer's text",
              "a text that begins with " + beginning,
              said);
        });
  }

  private static String streamed(Ask ask, String ability) {
    return Teller.streamed(chunks(ask, ability));
  }

  private static List<Json> chunks(Ask ask, String ability) {
    return Given.chunks(Said.unlessRefused(ask.stream(), ability));
  }
}
