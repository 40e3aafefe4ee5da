package dev.meshcheck.suites.suite.gateway;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.fixtures.surface.RouteName.MODELS;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Breach;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Failure;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Unknown;

/**
 * What only a second request on the same connection shows, as every stock client sends it. Where
 * all of these pass, the rest of the run keeps its connections.
 */
public final class KeptConnectionsSuite {

  /** More than any server reads before it looks at the key. */
  private static final int UNREAD = 64_000;

  @Check(
      id = "gateway.closing-is-announced",
      title = "a connection that is closed behind an answer was said to be: Connection: close",
      level = SHOULD,
      route = MODELS,
      source = Sources.HTTP_1_1,
      ifItFails = {
        "a server closes at once and leaves Connection out, so that clients lose their next request",
        "a proxy ends idle connections sooner than it tells"
      },
      about = {Reason.CONNECTION_CLOSED})
  void closing(Probe probe) {
    Given.that(() -> mustList(Basis.judge(probe, MODELS)));
    Answered next = probe.get(MODELS).behind(probe.get(MODELS)).send();
    boolean died =
        next.exchange().reply() instanceof NoAnswer none
            && none.kind() == NoAnswer.Kind.CONNECTION_CLOSED;
    boolean untold =
        next.exchange().reply() instanceof Answer answer
            && answer.breaches().contains(Breach.CLOSED_UNTOLD);
    if (died || untold) {
      throw new Failure(
          Reason.CONNECTION_CLOSED,
          "GET /v1/models: " + Breach.CLOSED_UNTOLD.told(),
          "Connection: close in the answer, or a connection that takes the next request",
          "neither");
    }
    next.mustBe(200);
  }

  @Check(
      id = "gateway.kept-connections-answer-in-turn",
      title = "on a kept connection each request gets its own answer",
      level = MUST,
      route = CHAT,
      source = Sources.HTTP_1_1,
      ifItFails = {
        "answers on a kept connection are off by one, and go to whoever asks next",
        "the end of one answer is read as the beginning of the next"
      })
  void inTurn(Probe probe) {
    Given.that(() -> mustList(Basis.judge(probe, MODELS)));
    Given.that(() -> mustChat(Basis.judge(probe, CHAT)));
    Ask chat = Basis.ask(probe, CHAT);
    mustList(probe.get(MODELS).behind(chat).send());
    mustChat(chat.behind(probe.get(MODELS)).send());
  }

  @Check(
      id = "gateway.head-leaves-the-connection-clean",
      title = "behind a HEAD the same connection answers the next request",
      level = MUST,
      route = MODELS,
      source = Sources.HTTP,
      ifItFails = {"HEAD is answered with a body, which is then taken for the next answer"})
  void head(Probe probe) {
    Given.that(() -> mustList(Basis.judge(probe, MODELS)));
    Ask head = probe.get(MODELS).method("HEAD");
    mustList(probe.get(MODELS).behind(head).send());
  }

  @Check(
      id = "gateway.refused-bodies-are-read-to-the-end",
      title =
          "after a refusal the same connection answers the next request, not the rest of the last",
      level = MUST,
      route = CHAT,
      source = Sources.HTTP,
      ifItFails = {
        "who refuses does not read the body, which is then taken for the next request",
        "answers on a kept connection are off by one"
      })
  void refusedBodies(Probe probe) {
    Given.that(() -> mustList(Basis.judge(probe, MODELS)));
    Ask refused = ClientsSuite.chat(probe).key(Unknown.KEY).padded(UNREAD);
    Answered next = probe.get(MODELS).behind(refused).send();
    if (next.exchange().reply() instanceof NoAnswer none
        && none.kind() == NoAnswer.Kind.CONNECTION_CLOSED) {
      throw new Inapplicable("the host closes the connection behind a refusal");
    }
    mustList(next);
  }

  private static void mustChat(Answered chat) {
    chat.mustBe(200).json().at("/choices").items();
  }

  private static void mustList(Answered models) {
    models.mustBe(200).json().at("/data").items();
  }
}
