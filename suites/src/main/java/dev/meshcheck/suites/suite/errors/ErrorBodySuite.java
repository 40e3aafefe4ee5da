package dev.meshcheck.suites.suite.errors;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.blankString;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Absence;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.CouldNotRun;
import dev.meshcheck.suites.check.ErrorBodies;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Refusals;
import dev.meshcheck.suites.check.Sources;
import java.util.List;

/** What refused requests are told, and that they are survived. */
public final class ErrorBodySuite {

  /** Refused requests of several kinds; those that were not refused are other checks' business. */
  private static List<Answered> refusals(Probe probe) {
    List<Answered> refused =
        answers(probe).stream()
            .filter(answered -> answered.status() >= 400 && answered.status() < 500)
            .toList();
    if (refused.isEmpty()) {
      throw new CouldNotRun(
          Reason.PREREQUISITE_FAILED,
          "no bad request was refused, so there is no error to look at");
    }
    return refused;
  }

  /** Every whole answer to bad requests of several kinds, a 5xx too. */
  private static List<Answered> answers(Probe probe) {
    Ask chat = probe.chat(Basis.HELLO);
    List<Answered> answers =
        List.of(
                UnknownModelSuite.ask(probe, CHAT),
                chat.with("temperature", -1),
                BadBodies.first(probe, CHAT, "truncated"),
                BadBodies.first(probe, CHAT, "wrong-type"),
                chat.path(Absence.madeUpPath(probe)))
            .stream()
            .map(Ask::send)
            .filter(Answered::isWhole)
            .toList();
    if (answers.isEmpty()) {
      throw new CouldNotRun(Reason.PREREQUISITE_FAILED, "no bad request was answered at all");
    }
    return answers;
  }

  @Check(
      id = "errors.refusals-are-json",
      title = "a refused request is told why in JSON, in one of the known forms",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_ERRORS,
      ifItFails = {"the server's own router, or a proxy, answers what is not of the API"},
      about = {Reason.HTML_INSTEAD_OF_JSON})
  void refusalsAreJson(Probe probe) {
    for (Answered refused : refusals(probe)) {
      Expect.that(
          "the message of the error body of " + refused.what(),
          ErrorBodies.message(refused),
          is(not(blankString())));
      Expect.that(
          "the form of the error body of " + refused.what(),
          ErrorBodies.dialect(refused),
          is(not(in(List.of("empty", "html", "text", "list", "unknown object")))));
      Refusals.mustDeclareJson(refused);
    }
  }

  @Check(
      id = "errors.refusals-are-no-pages",
      title = "a refused request is never answered with a web page",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_ERRORS,
      ifItFails = {"a proxy or ingress answers instead of the gateway"},
      about = {Reason.HTML_INSTEAD_OF_JSON})
  void refusalsAreNoPages(Probe probe) {
    refusals(probe).forEach(ErrorBodies::mustBeNoPage);
  }

  @Check(
      id = "errors.code-is-the-status",
      title = "a numeric code in an error body is the status of the answer",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_ERRORS,
      ifItFails = {"the gateway changes the status and not the body"})
  void codeIsTheStatus(Probe probe) {
    for (Answered refused : refusals(probe)) {
      if (ErrorBodies.dialect(refused).equals("error object, code")) {
        Expect.that(
            "code in the error body of " + refused.what(),
            refused.json().at("/error/code").integer(),
            is((long) refused.status()));
      }
    }
  }

  @Check(
      id = "errors.dialect",
      title = "which form error bodies have is recorded",
      level = INFO,
      route = CHAT,
      source = Sources.OPENAI_ERRORS,
      ifItFails = {"nothing is promised here"})
  void dialect(Probe probe) {
    Answered refused = UnknownModelSuite.ask(probe, CHAT).send();
    probe.record(refused.status() + ": " + ErrorBodies.dialect(refused));
  }

  @Check(
      id = "errors.tell-nothing-of-the-inside",
      title = "no error tells an address, a pod or a stack trace",
      level = MUST,
      route = CHAT,
      source = Sources.VLLM_SECURITY,
      ifItFails = {"exceptions are passed on to the client as they are"})
  void tellNothingOfTheInside(Probe probe) {
    answers(probe).forEach(ErrorBodies::mustTellNothingOfTheInside);
  }

  @Check(
      id = "errors.tell-no-path",
      title = "no error tells the path of a file",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SECURITY,
      ifItFails = {"messages of the server are passed on, such as vLLM's on a local model"})
  void tellNoPath(Probe probe) {
    answers(probe).forEach(ErrorBodies::mustTellNoPath);
  }

  @Check(
      id = "errors.do-not-echo-the-key",
      title = "no error of a request with the right key sends the key back",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_ERRORS,
      ifItFails = {"errors quote the request with its headers"})
  void doNotEchoTheKey(Probe probe) {
    probe
        .target()
        .key()
        .filter(key -> key.length() > 12)
        .ifPresent(key -> answers(probe).forEach(r -> ErrorBodies.mustNotEcho(r, key)));
  }

  @Check(
      id = "errors.are-survived",
      title = "after all these bad requests a good one is answered",
      level = MUST,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {"a bad request takes the server down"})
  void areSurvived(Probe probe) {
    answers(probe);
    Json answer =
        probe.chat(Basis.HELLO).with("max_tokens", 4).again(4).send().mustStillBe(200).json();
    Expect.that(
        Reason.WRONG_VALUE,
        answer.at("/choices/0").present(),
        "the answer after bad requests has no choice",
        "a choice",
        answer.toString());
  }
}
