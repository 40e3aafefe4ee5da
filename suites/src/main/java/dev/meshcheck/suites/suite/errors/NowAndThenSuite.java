package dev.meshcheck.suites.suite.errors;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.JsonText;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Alone;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Failure;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Streams;
import dev.meshcheck.suites.check.ValidRequests;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What goes wrong with few of many answers, whatever check asked for them. What is suspicious is
 * asked for once more, and is judged where it comes right then: what is always so is the business
 * of others, or the model's own. Alone, after the others.
 */
@Alone
public final class NowAndThenSuite {

  /** Higher than that of any other check. */
  private static final int AGAIN = 500;

  /** What is asked for again of what is suspicious, so that a broken host costs little. */
  private static final int MOST = 3;

  /** An answer that is always right when it is asked for again was no whim of the model. */
  private static final int TIMES = 2;

  /** What may leave an answer empty, or make another one of it each time. */
  private static final Set<String> ODD =
      Set.of("stop", "tools", "response_format", "logit_bias", "structured_outputs");

  @Check(
      id = "bodies.no-answer-is-empty-by-chance",
      title = "no whole chat answer of the run says nothing that has a text when it is asked again",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "now and then the engine ends before its first token, and the host calls that an answer",
        "an error on the way is answered as if the model had said nothing",
        "all that is left of an answer is white space, or the mark that ends a thought"
      })
  void emptyAnswers(Probe probe) {
    Given.that(() -> Basis.judge(probe, CHAT).json().at("/choices").items());
    List<Answered> whole =
        ValidRequests.of(probe, CHAT).stream()
            .filter(one -> !one.exchange().request().streamed() && isWhole(one))
            .filter(NowAndThenSuite::isPlain)
            .toList();
    mustNotBeByChance(
        probe,
        whole,
        one -> Heard.of(one).isNothing(),
        Ask::send,
        "says nothing, with finish_reason stop,");
  }

  @Check(
      id = "bodies.no-chat-stream-ends-early-by-chance",
      title = "no chat stream of the run lacks [DONE] that has it when it is asked for again",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {
        "a proxy ends a stream now and then, and closes it as if it were whole",
        "an engine was moved or restarted, and nobody told the stream"
      })
  void cutStreams(Probe probe) {
    Given.that(() -> Streams.mustEndWithDone(Given.stream(Basis.ask(probe, CHAT))));
    List<Answered> streams =
        ValidRequests.of(probe, CHAT).stream()
            .filter(one -> one.exchange().request().streamed() && isWhole(one))
            .filter(one -> one.exchange().request().disconnectAfter() == 0)
            .filter(one -> one.answer().mediaType().equals("text/event-stream"))
            .toList();
    mustNotBeByChance(probe, streams, NowAndThenSuite::isCut, Ask::stream, "ends without [DONE],");
  }

  @Check(
      id = "bodies.no-chat-stream-is-empty-by-chance",
      title = "no chat stream of the run says nothing that has a text when it is asked for again",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {
        "now and then the engine ends before its first token, and the host calls that an answer",
        "what was said before the client was attached is lost"
      })
  void emptyStreams(Probe probe) {
    Given.that(() -> Given.stream(Basis.ask(probe, CHAT)));
    List<Answered> streams =
        ValidRequests.of(probe, CHAT).stream()
            .filter(one -> one.exchange().request().streamed() && isWhole(one) && isPlain(one))
            .filter(one -> one.exchange().request().disconnectAfter() == 0)
            .filter(one -> one.answer().mediaType().equals("text/event-stream"))
            .toList();
    mustNotBeByChance(
        probe,
        streams,
        one -> Heard.of(one).isNothing(),
        Ask::stream,
        "has no text in its stream, with finish_reason stop,");
  }

  @Check(
      id = "bodies.no-chat-stream-loses-its-finish-by-chance",
      title = "no chat stream of the run lacks a finish_reason that has it when it is asked again",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {
        "the last chunk of a call is dropped now and then, and clients wait for the end of it"
      })
  void lostFinishes(Probe probe) {
    Given.that(() -> Given.stream(Basis.ask(probe, CHAT)));
    List<Answered> streams =
        ValidRequests.of(probe, CHAT).stream()
            .filter(one -> one.exchange().request().streamed() && isWhole(one) && !isCut(one))
            .filter(one -> one.exchange().request().disconnectAfter() == 0)
            .filter(one -> one.answer().mediaType().equals("text/event-stream"))
            .filter(one -> !one.answer().text().contains("\"error\""))
            .toList();
    mustNotBeByChance(
        probe,
        streams,
        one -> Heard.of(one).isUnfinished(),
        Ask::stream,
        "comes to [DONE] without a finish_reason,");
  }

  @Check(
      id = "bodies.no-answer-is-garbage-by-chance",
      title = "no chat answer of the run is one character over and over, and a text the next time",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "a number became NaN in the engine, and every token is the first of the vocabulary: !!!!",
        "blocks of the cache are given to a request before they are written"
      })
  void garbage(Probe probe) {
    Given.that(() -> Basis.judge(probe, CHAT).json().at("/choices").items());
    List<Answered> plain =
        ValidRequests.of(probe, CHAT).stream()
            .filter(one -> isWhole(one) && isPlain(one))
            .filter(one -> one.exchange().request().disconnectAfter() == 0)
            .toList();
    for (boolean streamed : new boolean[] {false, true}) {
      mustNotBeByChance(
          probe,
          plain.stream().filter(one -> one.exchange().request().streamed() == streamed).toList(),
          one -> Heard.of(one).isGarbage(),
          streamed ? Ask::stream : Ask::send,
          "is one character over and over,");
    }
  }

  @Check(
      id = "bodies.no-call-is-text-by-chance",
      title = "no call of the run stands in the text that is a call when it is asked for again",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {
        "now and then the tool-call parser gives up, and the call is left in the text",
        "one of several servers runs without a tool-call parser"
      })
  void callsAsText(Probe probe) {
    Given.that(() -> Basis.judge(probe, CHAT).json().at("/choices").items());
    List<Answered> offered =
        ValidRequests.of(probe, CHAT).stream()
            .filter(one -> isWhole(one) && offersTools(one))
            .filter(one -> one.exchange().request().disconnectAfter() == 0)
            .toList();
    for (boolean streamed : new boolean[] {false, true}) {
      mustNotBeByChance(
          probe,
          offered.stream().filter(o -> o.exchange().request().streamed() == streamed).toList(),
          one -> Heard.of(one).isCallInText(),
          one -> Heard.of(one).calls(),
          streamed ? Ask::stream : Ask::send,
          "has a call in its text, with finish_reason stop,");
    }
  }

  /** A request that a model without randomness answers the same way each time. */
  private static boolean offersTools(Answered one) {
    JsonNode asked = JsonText.read(one.exchange().request().body().orElse("{}"));
    return !asked.path("tools").isEmpty()
        && !asked.path("tool_choice").asText().equals("none")
        && asked.path("temperature").asDouble(1) == 0
        && asked.path("n").asInt(1) == 1;
  }

  private static void mustNotBeByChance(
      Probe probe,
      List<Answered> answers,
      Predicate<Answered> bad,
      Function<Ask, Answered> again,
      String how) {
    Predicate<Answered> right = bad.negate().and(one -> !Heard.of(one).isNothing());
    mustNotBeByChance(probe, answers, bad, right, again, how);
  }

  private static void mustNotBeByChance(
      Probe probe,
      List<Answered> answers,
      Predicate<Answered> bad,
      Predicate<Answered> right,
      Function<Ask, Answered> again,
      String how) {
    List<Answered> suspicious = answers.stream().filter(bad).limit(MOST).toList();
    for (Answered one : suspicious) {
      if (isRightAgain(probe, one, right, again)) {
        probe.restsOn(one);
        throw new Failure(
            Reason.WRONG_VALUE,
            "a chat answer "
                + how
                + " and is right when it is asked for again, one to a request with "
                + ValidRequests.options(one),
            "the same answer every time",
            one.described());
      }
    }
    probe.record(answers.size() + " answers were looked at");
  }

  private static boolean isRightAgain(
      Probe probe, Answered one, Predicate<Answered> right, Function<Ask, Answered> again) {
    Ask ask = probe.chat(Basis.HELLO).raw(one.exchange().request().body().orElse("{}"));
    for (int nth = 0; nth < TIMES; nth++) {
      Answered next = again.apply(ask.again(AGAIN + nth));
      if (!isWhole(next) || !right.test(next)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWhole(Answered one) {
    return one.exchange().reply() instanceof Answer answer
        && answer.status() == 200
        && answer.ending() == Answer.Ending.COMPLETE;
  }

  /** A request that a model without randomness answers with a text, and always the same. */
  private static boolean isPlain(Answered one) {
    JsonNode asked = JsonText.read(one.exchange().request().body().orElse("{}"));
    return ODD.stream().noneMatch(asked::hasNonNull)
        && asked.path("temperature").asDouble(1) == 0
        && asked.path("n").asInt(1) == 1;
  }

  private static boolean isCut(Answered one) {
    return one.answer().frames().stream().noneMatch(frame -> frame.event().isDone())
        && !one.answer().text().strip().endsWith("[DONE]")
        && !one.answer().text().contains("\"error\"");
  }
}
