package dev.meshcheck.suites.suite.errors;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.JsonText;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Alone;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Failure;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.ValidRequests;
import java.net.URI;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What holds of every answer of the run, whatever check asked for it; alone, after the others. */
@Alone
public final class EveryAnswerSuite {

  /** Fewer may be alike by chance. */
  private static final int ENOUGH = 5;

  private static final String REQUEST_ID = "X-Request-Id";

  private static final Pattern JSON_TYPE = Pattern.compile("application/([\\w.-]+\\+)?json");

  @Check(
      id = "bodies.refusals-are-labelled",
      title = "every refusal of the whole run that is JSON says so in its Content-Type",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_ERRORS,
      ifItFails = {
        "a filter writes errors by hand; clients show the text in place of the message",
        "errors of streams are labelled as streams, and come before any stream has begun"
      },
      about = {Reason.WRONG_CONTENT_TYPE})
  void refusalsAreLabelled(Probe probe) {
    UnknownModelSuite.ask(probe, CHAT).send().isWhole();
    List<Answered> refusals =
        probe.everything().stream()
            .filter(one -> one.isWhole() && one.status() >= 400 && isJson(one))
            .toList();
    if (refusals.isEmpty()) {
      throw new Inapplicable("no refusal is JSON");
    }
    // The same one whatever came first.
    refusals.stream()
        .filter(one -> !JSON_TYPE.matcher(one.answer().mediaType()).matches())
        .min(Comparator.comparing(one -> one.answer().mediaType()))
        .ifPresent(
            one -> {
              probe.restsOn(one);
              throw new Failure(
                  Reason.WRONG_CONTENT_TYPE,
                  "a refusal in JSON is labelled " + one.answer().mediaType(),
                  "application/json",
                  one.what() + ": " + one.described());
            });
    probe.record("looked at " + refusals.size() + " refusals");
  }

  /** A document, or the events of one. */
  private static boolean isJson(Answered refusal) {
    String body = refusal.body().strip().replaceFirst("^data: *+", "");
    return body.startsWith("{") && body.endsWith("}");
  }

  @Check(
      id = "bodies.usage-is-always-told",
      title = "every whole chat answer of the run tells usage",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"now and then an answer is built without its counts, and cannot be billed"})
  void usageIsAlwaysTold(Probe probe) {
    Given.that(() -> Basis.judge(probe, CHAT).json().at("/usage").object());
    List<Answered> answers =
        ValidRequests.of(probe, CHAT).stream().filter(EveryAnswerSuite::isAnswer).toList();
    List<Answered> without = answers.stream().filter(one -> !tellsUsage(one)).toList();
    without.stream().findFirst().ifPresent(probe::restsOn);
    Expect.that(
        Reason.WRONG_VALUE,
        without.isEmpty(),
        "%d of %d answers tell no usage".formatted(without.size(), answers.size()),
        "usage in each",
        without.isEmpty() ? "" : without.get(0).described());
    probe.record(answers.size() + " answers tell usage");
  }

  private static boolean isAnswer(Answered one) {
    return !one.exchange().request().streamed()
        && one.exchange().reply() instanceof Answer answer
        && answer.status() == 200
        && answer.ending() == Answer.Ending.COMPLETE
        && answer.text().contains("\"choices\"");
  }

  /** What is no JSON at all is for {@link WellFormedSuite}. */
  private static boolean tellsUsage(Answered one) {
    JsonNode answer = JsonText.read(one.body());
    return answer.isMissingNode() || answer.path("usage").isObject();
  }

  @Check(
      id = "bodies.request-ids-differ",
      title = "no two chat answers have one X-Request-Id, where answers have it",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {
        "the id is made once, when the gateway starts, and finds no request again",
        "under load an answer gets the id of another request"
      })
  void requestIdsDiffer(Probe probe) {
    Given.that(() -> Basis.judge(probe, CHAT));
    Map<String, Answered> seen = new LinkedHashMap<>();
    int told = 0;
    for (Answered one : chats(probe)) {
      String id = one.answer().headers().first(REQUEST_ID).orElse("");
      if (sentId(one).isEmpty() && !id.isEmpty()) {
        told++;
        Answered first = seen.putIfAbsent(id, one);
        if (first != null) {
          probe.restsOn(one);
          throw new Failure(
              Reason.WRONG_VALUE, "two chat answers have one X-Request-Id", "an id for each", id);
        }
      }
    }
    if (told < ENOUGH) {
      throw new Inapplicable("fewer than " + ENOUGH + " answers have an X-Request-Id of the host");
    }
    probe.record(told + " ids are all different");
  }

  @Check(
      id = "bodies.request-ids-come-back",
      title = "where an X-Request-Id that was sent comes back, every one of the run does",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {"under load an answer gets the id of another request"})
  void requestIdsComeBack(Probe probe) {
    Given.that(() -> Basis.judge(probe, CHAT));
    List<Answered> sent = chats(probe).stream().filter(one -> sentId(one).isPresent()).toList();
    List<Answered> other = sent.stream().filter(one -> !comesBack(one)).toList();
    if (other.size() == sent.size()) {
      throw new Inapplicable("no X-Request-Id that was sent comes back");
    }
    other.stream().findFirst().ifPresent(probe::restsOn);
    Expect.that(
        Reason.WRONG_VALUE,
        other.isEmpty(),
        "%d of %d answers have another X-Request-Id than was sent"
            .formatted(other.size(), sent.size()),
        "the id that was sent, as in the others",
        other.isEmpty() ? "" : other.get(0).answer().headers().first(REQUEST_ID).orElse("none"));
    probe.record(sent.size() + " ids came back");
  }

  /** The successful chat answers of the run; what proxies refuse has ids of another kind. */
  private static List<Answered> chats(Probe probe) {
    URI chat = probe.target().at(probe.route(CHAT).path());
    return probe.everything().stream()
        .filter(one -> one.isWhole() && one.exchange().request().uri().equals(chat))
        .filter(one -> one.status() == 200)
        .toList();
  }

  private static Optional<String> sentId(Answered one) {
    return one.exchange().request().headers().first(REQUEST_ID);
  }

  private static boolean comesBack(Answered one) {
    return one.answer().headers().first(REQUEST_ID).equals(sentId(one));
  }
}
