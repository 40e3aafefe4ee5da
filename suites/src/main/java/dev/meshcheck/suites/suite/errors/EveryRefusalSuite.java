package dev.meshcheck.suites.suite.errors;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.exchange.JsonText;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Alone;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Failure;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * What holds of the error object of every refusal of the run, whatever route refused; alone, after
 * the others.
 */
@Alone
public final class EveryRefusalSuite {

  /** Numbers that can be meant for a status. */
  private static final int FIRST_STATUS = 400;

  private static final int LAST_STATUS = 599;

  @Check(
      id = "bodies.error-messages-are-texts",
      title = "error.message of every refusal of the run is a text",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_ERRORS,
      ifItFails = {
        "the list that a validator made is passed on as it is, and clients look for words in a text"
      },
      about = {Reason.SCHEMA_MISMATCH})
  void messagesAreTexts(Probe probe) {
    mustHold(
        probe,
        one -> {
          JsonNode message = error(one).path("message");
          return message.isMissingNode() || message.isNull() || message.isTextual();
        },
        Reason.SCHEMA_MISMATCH,
        "have an error.message that is no text",
        "a text");
  }

  @Check(
      id = "bodies.error-codes-are-the-status",
      title = "error.code of every refusal of the run, where it looks like a status, is that one",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_ERRORS,
      ifItFails = {"the gateway changes the status and not the body, or the reverse"})
  void codesAreTheStatus(Probe probe) {
    mustHold(
        probe,
        one -> {
          JsonNode code = error(one).path("code");
          boolean status =
              code.isIntegralNumber()
                  && code.asLong() >= FIRST_STATUS
                  && code.asLong() <= LAST_STATUS;
          return !status || code.asLong() == one.status();
        },
        Reason.WRONG_VALUE,
        "have an error.code that is another status than their own",
        "the status of the answer");
  }

  private static void mustHold(
      Probe probe, Predicate<Answered> rule, Reason reason, String how, String wanted) {
    UnknownModelSuite.ask(probe, CHAT).send().isWhole();
    List<Answered> refusals =
        probe.everything().stream()
            .filter(one -> one.isWhole() && one.status() >= FIRST_STATUS && error(one).isObject())
            .toList();
    if (refusals.isEmpty()) {
      throw new Inapplicable("no refusal has an error object");
    }
    List<Answered> bad = refusals.stream().filter(rule.negate()).toList();
    // The same one whatever came first.
    bad.stream()
        .min(Comparator.comparing(one -> one.what() + one.described()))
        .ifPresent(
            one -> {
              probe.restsOn(one);
              String told =
                  "%d of %d answers that refuse ".formatted(bad.size(), refusals.size()) + how;
              throw new Failure(reason, told, wanted, one.what() + ": " + one.described());
            });
    probe.record("looked at " + refusals.size() + " refusals");
  }

  private static JsonNode error(Answered one) {
    return JsonText.read(one.body()).path("error");
  }
}
