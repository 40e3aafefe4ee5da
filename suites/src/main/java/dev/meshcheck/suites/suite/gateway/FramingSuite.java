package dev.meshcheck.suites.suite.gateway;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.fixtures.surface.RouteName.MODELS;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Answer.Ending;
import dev.meshcheck.fixtures.exchange.Breach;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.DoubledNames;
import dev.meshcheck.suites.check.Failure;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Numbers;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import java.util.List;
import java.util.Set;

/** How answers are written, below what they say: what some clients read and others refuse. */
public final class FramingSuite {

  /** What some clients and proxies read at once. */
  private static final int LARGE = 8 << 10;

  @Check(
      id = "gateway.lines-end-with-crlf",
      title = "the header lines of every route's answer end with CR LF",
      level = MUST,
      route = MODELS,
      source = Sources.HTTP_1_1,
      ifItFails = {"a server of one's own writes the header by hand"},
      about = {Reason.HTTP_MALFORMED})
  void lineEnds(Probe probe) {
    mustNotHave(probe, Set.of(Breach.BARE_LINE_FEED), "CR LF at the end of each header line");
  }

  @Check(
      id = "gateway.header-fields-are-clean",
      title =
          "header fields have one line each, no control character and no space before the colon",
      level = MUST,
      route = MODELS,
      source = Sources.HTTP_1_1,
      ifItFails = {
        "a text from a request or a model is put into a header as it is",
        "a proxy adds a field that it writes by hand"
      },
      about = {Reason.HTTP_MALFORMED})
  void fields(Probe probe) {
    mustNotHave(
        probe,
        Set.of(Breach.FOLDED_FIELD, Breach.SPACE_BEFORE_COLON, Breach.CONTROL_CHARACTER),
        "header fields as RFC 9110 has them");
  }

  @Check(
      id = "gateway.large-answers-come-whole",
      title = "an answer of several thousand bytes is as whole as a small one",
      level = MUST,
      route = CHAT,
      source = Sources.HTTP_1_1,
      ifItFails = {
        "a proxy gives up where an answer is larger than its buffer",
        "a gateway takes what it read at once for the whole body"
      },
      about = {Reason.BODY_CUT})
  void largeAnswers(Probe probe) {
    Ask ask =
        probe
            .chat("Count from one to fifty in words.")
            .with("logprobs", true)
            .with("top_logprobs", 5);
    Answered large = ask.with("max_tokens", 60).send();
    Given.whereItFails(
        probe,
        () -> large.mustBe(200).json().object(),
        () -> Said.unlessRefused(ask.with("max_tokens", 1), "top_logprobs").json().object());
    int length = large.body().length();
    if (length < LARGE) {
      throw new Inapplicable("the answer is too short to tell: " + length + " characters");
    }
  }

  @Check(
      id = "gateway.length-is-told-once",
      title = "the length of a body is told once: by one Content-Length or by chunks",
      level = MUST,
      route = MODELS,
      source = Sources.HTTP_1_1,
      ifItFails = {
        "server and proxy both add a Content-Length",
        "a proxy sends chunks and keeps the Content-Length, which lets answers be smuggled"
      },
      about = {Reason.HTTP_MALFORMED})
  void length(Probe probe) {
    mustNotHave(
        probe,
        Set.of(Breach.LENGTH_BESIDE_CHUNKS, Breach.LENGTH_TWICE),
        "one Content-Length, or Transfer-Encoding: chunked and none");
  }

  @Check(
      id = "gateway.json-names-are-unique",
      title = "no object in the JSON of any route has two members of one name",
      level = SHOULD,
      route = MODELS,
      source = Sources.JSON,
      ifItFails = {"a gateway adds fields to the text of the JSON without looking what is there"})
  void names(Probe probe) {
    for (Answered answered : plain(probe)) {
      Answer answer = answered.answer();
      DoubledNames.in(answer.body())
          .ifPresent(
              name -> {
                throw new Failure(
                    Reason.NOT_JSON,
                    answered.what() + ": an object has two members of one name",
                    "each name once in an object",
                    "\"" + name + "\" twice");
              });
    }
  }

  @Check(
      id = "gateway.json-numbers-fit",
      title = "no number in the JSON of any route is beyond the range of a double",
      level = SHOULD,
      route = MODELS,
      source = Sources.JSON_NUMBERS,
      ifItFails = {
        "something is divided by a time of nearly 0 and written as it came out",
        "infinity is replaced by a number that is too large"
      })
  void numbers(Probe probe) {
    for (Answered answered : plain(probe)) {
      Numbers.beyondDouble(answered.answer().body())
          .ifPresent(
              number -> {
                throw new Failure(
                    Reason.NOT_JSON,
                    answered.what()
                        + ": a number is beyond what clients can hold, so that some refuse the body",
                    "numbers of at most about 1.8e308",
                    number);
              });
    }
  }

  private static void mustNotHave(Probe probe, Set<Breach> wrong, String expected) {
    for (Answered answered : plain(probe)) {
      answered.answer().breaches().stream()
          .filter(wrong::contains)
          .findFirst()
          .ifPresent(
              breach -> {
                throw new Failure(
                    Reason.HTTP_MALFORMED,
                    answered.what() + ": " + breach.told(),
                    expected,
                    breach.told());
              });
    }
  }

  /** The answers to the plain requests of all routes, which other checks send anyway. */
  private static List<Answered> plain(Probe probe) {
    return probe.target().surface().routes().keySet().stream()
        .map(route -> Basis.ask(probe, route).send())
        .filter(answered -> answered.comeBackLater().isEmpty())
        .filter(answered -> answered.exchange().reply() instanceof Answer)
        .filter(answered -> answered.answer().ending() == Ending.COMPLETE)
        .toList();
  }
}
