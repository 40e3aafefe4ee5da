package dev.meshcheck.suites.suite.gateway;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.is;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Failure;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.SkyColour;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Streams;
import dev.meshcheck.suites.check.Tries;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Several requests at the same time: each gets its own answer. */
public final class ConcurrencySuite {

  private static final int AT_ONCE = 10;
  private static final int STREAMS = 8;

  /** What breaks in a crowd only, not a model that repeats no word, is told by some of them. */
  private static final int TRIED_ALONE = 3;

  private static final int ALONE = 2;
  private static final int JSON_EVERY = 4;

  /** The request that stops where the words of all others begin. */
  private static final int STOPPED = 5;

  private static final String BEGINNING = "plum-";
  private static final String MUTE =
      "the model repeats no word, so that its answers cannot be told apart";

  /** What request number i asks to have repeated; no other answer has a reason to hold it. */
  private static String nonce(int i) {
    return BEGINNING + Integer.toHexString(0x5EED1 * (i + 7));
  }

  /**
   * Some of the requests keep a grammar, and one stops early, which must not reach those that are
   * computed with them.
   */
  private static Ask ask(Probe probe, int i) {
    if (i % JSON_EVERY == 0 && takesSchemas(probe)) {
      return SkyColour.asOnly(probe, nonce(i));
    }
    Ask ask = probe.chat("Reply with exactly this: \"" + nonce(i) + "\"");
    return i == STOPPED ? ask.with("stop", BEGINNING) : ask;
  }

  private static boolean takesSchemas(Probe probe) {
    return Given.that(() -> SkyColour.ask(probe).send().status()) == 200;
  }

  private static List<Answered> answers(Probe probe) {
    return together(probe, AT_ONCE, 1, Ask::send);
  }

  private static List<Answered> streams(Probe probe) {
    return together(probe, STREAMS, 1, Ask::stream);
  }

  /** The first round is shared by all checks of this suite. */
  private static List<Answered> together(
      Probe probe, int many, int round, Function<Ask, Answered> send) {
    List<Supplier<Answered>> sendings = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      Ask ask = round == 1 ? ask(probe, i) : ask(probe, i).again(ALONE + round);
      sendings.add(() -> sent(probe, ask, send));
    }
    return probe.together(sendings);
  }

  /** Without a stop string where the host takes none, or takes it in a list alone. */
  private static Answered sent(Probe probe, Ask ask, Function<Ask, Answered> send) {
    Answered answered = send.apply(ask);
    boolean refused =
        !probe.target().surface().isTensormesh() && answered.isWhole() && answered.isRefusedAsBad();
    return refused ? send.apply(ask.without("stop")) : answered;
  }

  private static List<Answered> given(Probe probe) {
    List<Answered> answers = answers(probe);
    answers.forEach(answered -> Given.that(() -> answered.mustBe(200)));
    return answers;
  }

  @Check(
      id = "gateway.parallel-requests-are-answered",
      title = "10 requests at once, and 8 streams at once, are each answered whole",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "connections to the server are shared without order",
        "a server without a free slot says so with 200"
      },
      ifItBreaks = {"the host is overloaded"})
  void areAnswered(Probe probe) {
    // What breaks alone is another check's business.
    Answered alone = Given.answered(ask(probe, 1).again(ALONE));
    Given.that(() -> mustHaveAChoice(alone, List.of(alone.json())));
    for (Answered answered : answers(probe)) {
      mustHaveAChoice(answered, List.of(answered.mustBe(200).json()));
    }
    Given.stream(probe.chat(Basis.HELLO));
    for (Answered answered : streams(probe)) {
      mustHaveAChoice(answered, answered.events().mustBeWellFormed().chunks());
    }
  }

  /** Not everything that is JSON and comes with 200 is a completion. */
  private static void mustHaveAChoice(Answered answered, List<Json> objects) {
    Expect.that(
        Reason.WRONG_VALUE,
        objects.stream().anyMatch(object -> !object.at("/choices").optionalItems().isEmpty()),
        "an answer among others at the same time is no completion: it has no choices",
        "choices, as the same request has them alone",
        answered.described());
  }

  @Check(
      id = "gateway.parallel-answers-do-not-mix",
      title = "of 10 requests at once no answer holds what another request asked for",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "connections to the server are shared without order",
        "a cache answers by a part of the request"
      })
  void answersDoNotMix(Probe probe) {
    List<Answered> answers = given(probe);
    mustNotMix(probe, answers, answers.stream().map(Said::everything).toList());
  }

  /** Fails where a text holds the nonce of another; says nothing where no text holds its own. */
  private static void mustNotMix(Probe probe, List<Answered> answers, List<String> texts) {
    boolean obeyed = false;
    for (int i = 0; i < texts.size(); i++) {
      obeyed |= texts.get(i).contains(nonce(i));
      for (int other = 0; other < texts.size(); other++) {
        if (other != i && texts.get(i).contains(nonce(other))) {
          probe.restsOn(answers.get(i));
          throw new Failure(
              Reason.WRONG_VALUE,
              "an answer holds what another request at the same time asked for",
              "an answer with " + nonce(i) + " or without any such word",
              texts.get(i));
        }
      }
    }
    if (!obeyed) {
      throw new Inapplicable(MUTE);
    }
  }

  @Check(
      id = "gateway.parallel-ids-differ",
      title = "10 answers at once have 10 different ids",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"ids are made from the time", "one answer is given to several requests"})
  void idsDiffer(Probe probe) {
    List<Answered> answers = given(probe);
    List<String> ids = answers.stream().map(answered -> Given.id(answered.json())).toList();
    mustDiffer(probe, answers, ids);
  }

  /** The answer that has the id of an earlier one is the one to be shown. */
  private static void mustDiffer(Probe probe, List<Answered> answers, List<String> ids) {
    Set<String> seen = new HashSet<>();
    List<Answered> doubled =
        IntStream.range(0, ids.size())
            .filter(i -> !seen.add(ids.get(i)))
            .mapToObj(answers::get)
            .toList();
    doubled.stream().findFirst().ifPresent(probe::restsOn);
    Expect.that("the number of different ids", seen.size(), is(ids.size()));
  }

  @Check(
      id = "gateway.parallel-streams-do-not-mix",
      title = "of 8 streams at once each has one id of its own and no other one's text",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"chunks are written to the wrong connection"})
  void streamsDoNotMix(Probe probe) {
    List<Answered> answers = streams(probe);
    List<List<Json>> streams = answers.stream().map(Given::chunks).toList();
    streams.forEach(chunks -> Streams.mustStayTheSame(chunks, "/id"));
    List<String> ids = streams.stream().map(chunks -> Given.id(chunks.get(0))).toList();
    mustDiffer(probe, answers, ids);
    mustNotMix(probe, answers, streams.stream().map(Streams::everythingSaid).toList());
  }

  private static String streamed(Answered answered) {
    return Streams.everythingSaid(Given.chunks(answered));
  }

  @Check(
      id = "gateway.parallel-answers-are-as-alone",
      title = "of 10 requests at once each is answered with the word that it is answered alone",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "the engine garbles or empties answers when it computes many together",
        "a grammar or a stop string of one request is laid on others that are computed with it",
        "a gateway that is busy answers 200 with nothing in it"
      })
  void answersAreAsAlone(Probe probe) {
    mustBeAsAlone(probe, AT_ONCE, Ask::send, Said::everything);
  }

  @Check(
      id = "gateway.parallel-streams-are-as-alone",
      title = "of 8 streams at once each holds the word that it holds alone",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"chunks are lost or garbled when many streams are written at once"})
  void streamsAreAsAlone(Probe probe) {
    mustBeAsAlone(probe, STREAMS, Ask::stream, ConcurrencySuite::streamed);
  }

  /** Fails where in each of several rounds a word is missing that the same question gets alone. */
  private static void mustBeAsAlone(
      Probe probe, int many, Function<Ask, Answered> send, Function<Answered, String> read) {
    Tries.untilGood(
        probe,
        round -> {
          List<Answered> answers = together(probe, many, round, send);
          List<String> texts = answers.stream().map(read).toList();
          List<Integer> lacking =
              IntStream.range(0, many)
                  .filter(i -> i != STOPPED && !texts.get(i).contains(nonce(i)))
                  .boxed()
                  .toList();
          for (int i : lacking.stream().limit(TRIED_ALONE).toList()) {
            if (read.apply(send.apply(ask(probe, i).again(ALONE))).contains(nonce(i))) {
              probe.restsOn(answers.get(i));
              throw new Failure(
                  Reason.WRONG_VALUE,
                  "an answer among others at the same time lacks the word that it has alone",
                  "a text with " + nonce(i),
                  texts.get(i).isBlank() ? "no text" : texts.get(i));
            }
          }
          if (lacking.size() == many - 1) {
            throw new Inapplicable(MUTE);
          }
        });
  }
}
