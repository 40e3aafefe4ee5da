package dev.meshcheck.suites.suite.gateway;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.fixtures.surface.RouteName.MODELS;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Headers;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Failure;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Refusals;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.StreamKinds;
import dev.meshcheck.suites.check.Together;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What stands between client and server: compression, redirects, connections and headers. */
public final class GatewaySuite {

  /** Clocks of clients are off by minutes; a stamp of another day is a cache or a broken clock. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(15);

  /** Above the limit of every gateway that says one by default for JSON, and below 32 MiB. */
  private static final int OVERSIZED = 5 << 20;

  private static final Headers.Field GZIP = new Headers.Field("Accept-Encoding", "gzip");
  private static final Headers.Field JSON = new Headers.Field("Accept", "application/json");
  private static final Headers.Field UTF_8 =
      new Headers.Field("Content-Type", "application/json; charset=utf-8");

  private static Ask chat(Probe probe) {
    return Basis.ask(probe, CHAT);
  }

  @Check(
      id = "gateway.gzip-decodes",
      title = "a client that accepts gzip gets an answer that it can read",
      level = MUST,
      route = CHAT,
      source = Sources.HTTP,
      ifItFails = {
        "bodies are compressed without Content-Encoding",
        "Content-Encoding is kept although a proxy unpacked the body",
        "bodies are compressed twice"
      },
      about = {Reason.BODY_MALFORMED, Reason.BODY_CUT})
  void gzip(Probe probe) {
    mustBeAnswered(probe, GZIP);
  }

  /** Clients send all of them, so that one request shows that each of them is answered. */
  private static void mustBeAnswered(Probe probe, Headers.Field one) {
    Together.judge(
        with(chat(probe), List.of(GZIP, UTF_8, JSON)),
        with(chat(probe), List.of(one)),
        answered -> answered.mustBe(200).json().object());
  }

  private static Ask with(Ask plain, List<Headers.Field> fields) {
    Ask ask = plain;
    for (Headers.Field field : fields) {
      ask = ask.header(field.name(), field.value());
    }
    return ask;
  }

  @Check(
      id = "gateway.gzip-streams",
      title = "a client that accepts gzip gets a stream that it can read",
      level = SHOULD,
      route = CHAT,
      source = Sources.HTTP,
      ifItFails = {"a compressing proxy holds events back or breaks the stream"},
      about = {Reason.BODY_MALFORMED, Reason.BODY_CUT})
  void gzipStreams(Probe probe) {
    Given.stream(chat(probe));
    chat(probe).header("Accept-Encoding", "gzip").stream().events().mustBeWellFormed();
  }

  @Check(
      id = "gateway.refused-codings-are-not-used",
      title = "a client that refuses gzip gets an answer that is not compressed",
      level = SHOULD,
      route = CHAT,
      source = Sources.HTTP,
      ifItFails = {"whoever names gzip in Accept-Encoding gets it, also with q=0"})
  void refusedCodings(Probe probe) {
    Given.answered(chat(probe));
    Answered answered =
        chat(probe).header("Accept-Encoding", "identity, gzip;q=0, deflate;q=0, br;q=0").send();
    answered.mustBe(200);
    String coding = answered.answer().headers().first("Content-Encoding").orElse("identity");
    Expect.that("Content-Encoding", coding, is("identity"));
  }

  @Check(
      id = "gateway.accepts-json-charset",
      title = "application/json with a charset is taken for JSON",
      level = SHOULD,
      route = CHAT,
      source = Sources.HTTP,
      ifItFails = {"media types are compared with their parameters"})
  void charset(Probe probe) {
    mustBeAnswered(probe, UTF_8);
  }

  @Check(
      id = "gateway.accept-json-is-answered",
      title = "a client that accepts application/json alone is answered",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"content is negotiated by a proxy that does not know the types"})
  void acceptJson(Probe probe) {
    mustBeAnswered(probe, JSON);
  }

  @Check(
      id = "gateway.streams-whatever-is-accepted",
      title = "stream: true is streamed to a client that accepts application/json, as SDKs say",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {
        "a proxy decides by Accept whether it buffers, and OpenAI's SDKs send JSON there"
      })
  void streamsWhateverIsAccepted(Probe probe) {
    Given.stream(chat(probe));
    chat(probe).streamAccepting("application/json").events().mustBeWellFormed();
  }

  @Check(
      id = "gateway.redirects-stay-home",
      title = "other spellings of a path are answered, not found, or redirected to the same host",
      level = SHOULD,
      route = CHAT,
      source = Sources.HTTP,
      ifItFails = {
        "the server behind TLS redirects to http://, where the key goes in clear",
        "redirects name an inner host"
      },
      about = {Reason.REDIRECTED})
  void redirects(Probe probe) {
    String path = probe.route(CHAT).path();
    Ask models = probe.get(MODELS);
    for (Ask ask :
        List.of(
            models.path(probe.route(MODELS).path() + "/"),
            models.path(probe.route(MODELS).path().toUpperCase(Locale.ROOT)),
            chat(probe).noKey().path(path + "/"),
            chat(probe).noKey().path("/" + path))) {
      Answered answered = ask.send();
      Refusals.mustNotBeServerError(answered);
      if (answered.status() >= 300 && answered.status() < 400) {
        mustStayHome(answered);
      }
    }
  }

  private static void mustStayHome(Answered answered) {
    URI from = answered.exchange().request().uri();
    String location = answered.answer().headers().first("Location").orElse("");
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new Failure(Reason.REDIRECTED, "Location is no address", "an address", location);
    }
    boolean home =
        from.getHost().equalsIgnoreCase(to.getHost())
            && (from.getScheme().equals(to.getScheme()) || to.getScheme().equals("https"));
    Expect.that(
        Reason.REDIRECTED,
        home && !location.isEmpty(),
        answered.what() + " is redirected elsewhere: " + location,
        "a redirect to " + from.getScheme() + "://" + from.getHost(),
        location.isEmpty() ? "no Location" : location);
  }

  @Check(
      id = "gateway.rate-limit-headers-make-sense",
      title = "x-ratelimit headers are numbers and durations, and no more is left than the limit",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_RATE_LIMITS,
      ifItFails = {"headers of several limiters are joined"})
  void rateLimits(Probe probe) {
    RateLimits.mustMakeSense(Basis.judge(probe, CHAT).answer().headers());
  }

  @Check(
      id = "gateway.date-is-now",
      title = "the Date header is the present time",
      level = SHOULD,
      route = MODELS,
      source = Sources.HTTP,
      ifItFails = {"an old answer comes from a cache", "a clock is wrong: theirs or ours"})
  void date(Probe probe) {
    Answered answered = Given.answered(probe.get(MODELS).again(3));
    String date =
        answered
            .answer()
            .headers()
            .first("Date")
            .orElseThrow(() -> new Inapplicable("the host sends no Date"));
    Instant stamped;
    try {
      stamped = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      throw new Failure(Reason.WRONG_VALUE, "Date is no HTTP date", "an HTTP date", date);
    }
    Duration off = Duration.between(stamped, answered.exchange().startedAt()).abs();
    Expect.that("how far Date is off", off, is(lessThan(CLOCK_TOLERANCE)));
  }

  @Check(
      id = "gateway.connection-close-is-honoured",
      title = "a client that closes its connection gets its answer whole",
      level = MUST,
      route = CHAT,
      source = Sources.HTTP,
      ifItFails = {"the connection is closed before the body is sent"},
      about = {Reason.BODY_CUT, Reason.CONNECTION_CLOSED})
  void connectionClose(Probe probe) {
    chat(probe).header("Connection", "close").send().mustBe(200).json().object();
  }

  @Check(
      id = "gateway.connection-close-is-not-contradicted",
      title = "an answer to Connection: close does not say that the connection is kept",
      level = SHOULD,
      route = CHAT,
      source = Sources.HTTP_1_1,
      ifItFails = {"a server keeps every connection: clients that read to its end wait for ever"})
  void connectionCloseIsBelieved(Probe probe) {
    Answered answered = chat(probe).header("Connection", "close").send();
    Headers headers = answered.mustBe(200).answer().headers();
    String said = String.join(", ", headers.all("Connection"));
    String kept = String.join(", ", headers.all("Keep-Alive"));
    Expect.that(
        Reason.WRONG_VALUE,
        kept.isEmpty() && !said.toLowerCase(Locale.ROOT).contains("keep-alive"),
        "the client closes its connection, and the answer says that it is kept",
        "Connection: close, or nothing of it",
        kept.isEmpty() ? "Connection: " + said : "Keep-Alive: " + kept);
  }

  @Check(
      id = "gateway.oversized-body-is-answered",
      title = "a body of 5 MiB is refused or answered in time, never a 5xx",
      level = SHOULD,
      route = CHAT,
      source = Sources.HTTP,
      pack = Pack.FULL,
      ifItBreaks = {"the gateway waits for a body that it will not take", "its memory ends"})
  void oversized(Probe probe) {
    // Behind the prompt, so that a host without a limit answers it at no cost.
    Answered answered = chat(probe).with("metadata", "x".repeat(OVERSIZED)).send();
    // Who refuses before the end of the body may close the connection before we see the answer.
    boolean hungUp =
        answered.exchange().reply() instanceof NoAnswer none
            && none.kind() == NoAnswer.Kind.CONNECTION_CLOSED;
    if (!hungUp) {
      Refusals.mustNotBeServerError(answered);
    }
    chat(probe).again(5).send().mustBe(200);
  }

  @Check(
      id = "gateway.who-answers",
      title = "what the answer says of the servers that it came through is recorded",
      level = INFO,
      route = CHAT,
      source = Sources.HTTP,
      ifItFails = {"nothing is promised here"})
  void whoAnswers(Probe probe) {
    Answer answer = Basis.judge(probe, CHAT).answer();
    String seen =
        List.of("Server", "Via", "X-Powered-By", "CF-Ray", "X-Request-Id", "Connection").stream()
            .flatMap(name -> answer.headers().all(name).stream().map(value -> name + ": " + value))
            .collect(Collectors.joining(", "));
    probe.record(seen.isEmpty() ? "none of the usual headers" : seen);
  }

  @Check(
      id = "gateway.says-each-thing-once",
      title = "Content-Type, Content-Length, Transfer-Encoding and Date come once, on streams too",
      level = SHOULD,
      route = CHAT,
      source = Sources.HTTP,
      ifItFails = {"gateway and server both write the header"})
  void headersComeOnce(Probe probe) {
    mustSayEachThingOnce(Basis.judge(probe, CHAT).answer().headers());
    StreamKinds.of(chat(probe))
        .and("for clients that accept gzip", chat(probe).header("Accept-Encoding", "gzip"))
        .each(events -> mustSayEachThingOnce(events.answered().answer().headers()));
  }

  private static void mustSayEachThingOnce(Headers headers) {
    for (String name : List.of("Content-Type", "Content-Length", "Transfer-Encoding", "Date")) {
      Expect.that("the number of " + name + " headers", headers.all(name).size(), is(lessThan(2)));
    }
    boolean both =
        headers.first("Content-Length").isPresent()
            && headers.first("Transfer-Encoding").isPresent();
    Expect.that("Content-Length beside Transfer-Encoding", both, is(false));
  }
}
