package dev.meshcheck.suites.suite.gateway;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.RetryAfter;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Alone;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Failure;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Provokes a 429 with one bounded burst of the smallest requests, and looks at how the host says
 * it. Alone, after the others, since what it provokes would stop them.
 */
@Alone
public final class LimitsSuite {

  private static final int BURST = 48;

  /** The cap of the tm CLI, see docs.tensormesh.ai/cli/guides/production-scripting. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(8);

  private static final Duration ABSURD = Duration.ofHours(1);

  private static List<Answered> burst(Probe probe) {
    List<Supplier<Answered>> sendings =
        IntStream.range(Ask.FIRST_OF_A_BURST, Ask.FIRST_OF_A_BURST + BURST)
            .<Supplier<Answered>>mapToObj(
                i -> probe.chat(Basis.HELLO).with("max_tokens", 1).again(i)::send)
            .toList();
    return probe.together(sendings);
  }

  /** The refusals of a burst by exchange, so that a failure can name its own. */
  private static Map<Answered, Answer> limited(Probe probe) {
    Map<Answered, Answer> limited = new LinkedHashMap<>();
    for (Answered answered : burst(probe)) {
      answered
          .comeBackLater()
          .filter(answer -> answer.status() == 429)
          .ifPresent(answer -> limited.put(answered, answer));
    }
    if (limited.isEmpty()) {
      throw new Inapplicable("the host took " + BURST + " requests at once without a 429");
    }
    return limited;
  }

  private static Optional<String> retryAfter(Answer answer) {
    return answer.headers().first("Retry-After");
  }

  private static Map<Answered, String> retryAfters(Probe probe) {
    Map<Answered, String> told = new LinkedHashMap<>();
    limited(probe)
        .forEach((on, answer) -> retryAfter(answer).ifPresent(value -> told.put(on, value)));
    if (told.isEmpty()) {
      throw new Inapplicable("the 429 tells no Retry-After");
    }
    return told;
  }

  @Check(
      id = "limits.burst",
      title = "how many requests of a burst are refused for now is recorded",
      level = INFO,
      route = CHAT,
      source = Sources.QUICKSTART,
      pack = Pack.LIMITS,
      ifItFails = {"nothing is promised here"})
  void burstIsRecorded(Probe probe) {
    long refused = burst(probe).stream().filter(a -> a.comeBackLater().isPresent()).count();
    probe.record(refused + " of " + BURST + " requests at once were refused for now");
  }

  @Check(
      id = "limits.burst-breaks-nothing",
      title = "each request of a burst is answered, or refused with 429 or 503",
      level = SHOULD,
      route = CHAT,
      source = Sources.REFERENCE,
      pack = Pack.LIMITS,
      ifItBreaks = {"a queue runs over and answers 500 or 502", "connections are dropped"})
  void breaksNothing(Probe probe) {
    for (Answered answered : burst(probe)) {
      if (answered.comeBackLater().isEmpty()) {
        answered.mustBe(200);
      }
    }
  }

  @Check(
      id = "limits.retry-after-is-valid",
      title = "the Retry-After of a 429, where present, is a number of seconds or an HTTP date",
      level = MUST,
      route = CHAT,
      source = Sources.QUICKSTART,
      pack = Pack.LIMITS,
      ifItFails = {"seconds are sent with a unit or decimals", "another form of date is sent"})
  void retryAfterIsValid(Probe probe) {
    for (Map.Entry<Answered, String> told : retryAfters(probe).entrySet()) {
      String value = told.getValue();
      probe.restsOn(told.getKey());
      Expect.that(
          Reason.WRONG_VALUE,
          RetryAfter.parse(value, Instant.now()).isPresent(),
          "Retry-After is neither a number of seconds nor an HTTP date",
          "such as 5, or Fri, 31 Dec 1999 23:59:59 GMT",
          value);
    }
  }

  @Check(
      id = "limits.retry-after-is-reachable",
      title = "the Retry-After of a 429, where present, is less than an hour away",
      level = SHOULD,
      route = CHAT,
      source = Sources.QUICKSTART,
      pack = Pack.LIMITS,
      ifItFails = {"milliseconds or a point in time are sent as seconds"})
  void retryAfterIsReachable(Probe probe) {
    for (Map.Entry<Answered, String> told : retryAfters(probe).entrySet()) {
      String value = told.getValue();
      probe.restsOn(told.getKey());
      RetryAfter.parse(value, Instant.now())
          .filter(wait -> wait.compareTo(ABSURD) > 0)
          .ifPresent(
              wait -> {
                throw new Failure(
                    Reason.WRONG_VALUE,
                    "Retry-After asks to wait for " + wait.toHours() + " hours",
                    "less than an hour",
                    value);
              });
    }
  }

  @Check(
      id = "limits.refusal-is-json",
      title = "a 429 says in JSON that it is too much",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_ERRORS,
      pack = Pack.LIMITS,
      ifItFails = {"a proxy or CDN limits requests and answers with a page of its own"})
  void refusalIsJson(Probe probe) {
    for (Map.Entry<Answered, Answer> refused : limited(probe).entrySet()) {
      Answer answer = refused.getValue();
      probe.restsOn(refused.getKey());
      Json body = Json.parse("the body of a 429", answer.text()).object();
      boolean said =
          List.of("/error", "/detail", "/message").stream().anyMatch(p -> body.at(p).present());
      Expect.that(
          Reason.SCHEMA_MISMATCH,
          said,
          "the body of a 429 does not say why",
          "error, detail or message",
          body.toString());
      Expect.that(
          Reason.WRONG_CONTENT_TYPE,
          answer.mediaType().toLowerCase(Locale.ROOT).contains("json"),
          "a 429 does not declare JSON",
          "Content-Type: application/json",
          answer.mediaType());
    }
  }

  @Check(
      id = "limits.is-over-after-the-wait",
      title = "a request is answered again once the wait that a 429 asks for is over",
      level = SHOULD,
      route = CHAT,
      source = Sources.QUICKSTART,
      pack = Pack.LIMITS,
      ifItFails = {"Retry-After is shorter than the limiter's window"},
      about = {Reason.RATE_LIMITED})
  void isOver(Probe probe) {
    Duration asked =
        limited(probe).values().stream()
            .flatMap(answer -> retryAfter(answer).stream())
            .flatMap(value -> RetryAfter.parse(value, Instant.now()).stream())
            .max(Duration::compareTo)
            .orElse(LONGEST_WAIT);
    if (asked.compareTo(LONGEST_WAIT) > 0) {
      throw new Inapplicable(
          "the host asks to wait longer than " + LONGEST_WAIT.toSeconds() + " s");
    }
    pause(asked);
    Answered answered = probe.chat(Basis.HELLO).again(Ask.FIRST_OF_A_BURST + BURST).send();
    Expect.that(
        Reason.RATE_LIMITED,
        answered.comeBackLater().isEmpty(),
        "a request is refused again after the wait of " + asked.toSeconds() + " s",
        "an answer",
        "429 or 503");
    answered.mustBe(200);
  }

  private static void pause(Duration wait) {
    try {
      Thread.sleep(wait.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
