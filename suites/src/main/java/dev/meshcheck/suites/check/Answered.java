package dev.meshcheck.suites.check;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Answer.Ending;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.exchange.Request;
import dev.meshcheck.reports.outcome.Quotation;
import dev.meshcheck.reports.outcome.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One exchange as a check looks at it. 429 and 503 are never judged: whatever a check wants to know
 * of such an answer could not be found out. A host that was not reached is not judged either.
 */
public final class Answered {

  /** Who is it, by which way, how much and how long: nothing of it is about a field. */
  private static final Set<Integer> OTHER_REFUSALS =
      Set.of(401, 403, 405, 407, 408, 413, 414, 421, 426, 431, 451);

  private static final int MOST_DESCRIBED = 64 << 10;

  private final Exchange exchange;
  private final Runnable lookedAt;

  /**
   * An exchange for a check.
   *
   * @param lookedAt is told whenever something of the answer is read
   */
  Answered(Exchange exchange, Runnable lookedAt) {
    this.exchange = exchange;
    this.lookedAt = lookedAt;
  }

  /** What went over the wire. */
  public Exchange exchange() {
    return exchange;
  }

  /** The request in short, such as {@code POST /v1/chat/completions}. */
  public String what() {
    Request request = exchange.request();
    String path = request.uri().getRawPath();
    String base = exchange.target().base().getRawPath();
    String own = path.startsWith(base) ? path.substring(base.length()) : path;
    // What comes on a connection depends on what came before.
    String before = request.first().map(f -> " behind a " + f.method()).orElse("");
    return request.method() + " " + own + before;
  }

  /**
   * The answer, status and headers at least.
   *
   * @throws CouldNotRun when nobody was reached, or the host asked to come back later
   * @throws Failure when the host was reached and did not answer
   */
  public Answer answer() {
    lookedAt.run();
    if (exchange.reply() instanceof NoAnswer none) {
      Reason reason = Reason.valueOf(none.kind().name());
      if (none.kind().unreachable()) {
        throw new CouldNotRun(reason, what() + ": " + none.message());
      }
      throw new Failure(reason, what() + ": " + none.message(), "an answer", none.message());
    }
    Answer answer = (Answer) exchange.reply();
    if (answer.status() == 429) {
      throw new CouldNotRun(Reason.RATE_LIMITED, what() + " was rate limited: 429");
    }
    if (answer.status() == 503) {
      throw new CouldNotRun(Reason.UNAVAILABLE, what() + " was not available: 503");
    }
    return answer;
  }

  /** What the host sent while it was too busy: a 429 or 503, which nothing else looks at. */
  public Optional<Answer> comeBackLater() {
    lookedAt.run();
    return exchange.reply() instanceof Answer answer
            && (answer.status() == 429 || answer.status() == 503)
        ? Optional.of(answer)
        : Optional.empty();
  }

  /** The status. */
  public int status() {
    return answer().status();
  }

  /** Fails unless the status is one of these. */
  public Answered mustBe(int... wanted) {
    int status = status();
    if (Arrays.stream(wanted).noneMatch(w -> w == status)) {
      String expected =
          Arrays.stream(wanted).mapToObj(String::valueOf).collect(Collectors.joining(" or "));
      throw new Failure(
          reasonOf(status),
          what() + " answered " + status + " instead of " + expected,
          "status " + expected,
          described());
    }
    return this;
  }

  /**
   * Fails unless the status is this one, 429 and 503 included: for a host that answered before and
   * must still do so after what a check did to it.
   */
  public Answered mustStillBe(int wanted) {
    lookedAt.run();
    if (exchange.reply() instanceof Answer answer && answer.status() == 503) {
      throw new Failure(
          Reason.UNAVAILABLE,
          what() + " answered before, and answers 503 now",
          "status " + wanted,
          "status 503");
    }
    return mustBe(wanted);
  }

  /** Fails unless the request was refused with 400 to 499. */
  public Answered mustBeRefused(String because) {
    int status = status();
    if (status < 400 || status > 499) {
      Reason reason = status < 300 ? Reason.NOT_REFUSED : reasonOf(status);
      String verb = status < 300 ? " was accepted with " : " was answered with ";
      throw new Failure(
          reason, what() + verb + status + " although " + because, "a 4xx status", described());
    }
    whole(answer());
    return this;
  }

  /**
   * Fails unless the request was refused as a bad one, by whoever reads it. A refusal of the key,
   * the path, the size or the client is another one, and often somebody else's.
   */
  public Answered mustBeRefusedAsBad(String because) {
    mustBeRefused(because);
    if (OTHER_REFUSALS.contains(status()) || status() == 404) {
      throw new Failure(
          reasonOf(status()),
          what() + " was refused with " + status() + ", which is not about that " + because,
          "400 or 422",
          described());
    }
    return this;
  }

  /** Whether the request was refused as one that asks for what the host cannot do. */
  public boolean isRefusedAsBad() {
    return status() >= 400 && status() < 500 && status() != 404 && !isRefusedForAnotherReason();
  }

  /** Whether this is a refusal that says nothing about what the request asks for. */
  boolean isRefusedForAnotherReason() {
    return OTHER_REFUSALS.contains(status());
  }

  /** The body, which must have come whole. */
  public String body() {
    Answer answer = answer();
    whole(answer);
    return answer.text();
  }

  private void whole(Answer answer) {
    Optional<Reason> reason =
        switch (answer.ending()) {
          case COMPLETE, HUNG_UP -> Optional.empty();
          case CUT -> Optional.of(Reason.BODY_CUT);
          case TIMED_OUT, IDLE -> Optional.of(Reason.TIMEOUT);
          case MALFORMED -> Optional.of(Reason.BODY_MALFORMED);
          case TOO_LARGE -> Optional.of(Reason.BODY_TOO_LARGE);
        };
    if (reason.isPresent()) {
      throw new Failure(
          reason.get(),
          what() + ": the body is not whole: " + answer.ending(),
          "a whole body",
          answer.body().length + " bytes, then " + answer.ending());
    }
  }

  /** The body as JSON. */
  public Json json() {
    String body = body();
    if (looksLikeHtml(body)) {
      throw new Failure(
          Reason.HTML_INSTEAD_OF_JSON,
          what() + " answered with a web page instead of JSON",
          "a JSON document",
          described());
    }
    return json("the body of " + what(), body);
  }

  /**
   * A document that stands somewhere in this answer.
   *
   * @param what what is parsed, for messages
   * @throws Failure when it is no JSON, or more than one document
   */
  public Json json(String what, String text) {
    return Json.parse(what, text, isPrivate(), lookedAt);
  }

  /** Whether there is an answer to look at: whole, and no request to come back later. */
  public boolean isWhole() {
    return exchange.reply() instanceof Answer answer
        && answer.ending() == Ending.COMPLETE
        && comeBackLater().isEmpty();
  }

  /** Whether the body came whole. */
  public boolean ended(Ending ending) {
    return answer().ending() == ending;
  }

  /** The answer as a stream of events. */
  public Events events() {
    return new Events(this);
  }

  /** Status, media type and the start of the body, for messages. */
  public String described() {
    Answer answer = answer();
    String body = isPrivate() ? Json.PRIVATE : beginning(answer).strip();
    String type = answer.mediaType().isEmpty() ? "no content type" : answer.mediaType();
    return answer.status()
        + ", "
        + type
        + ", "
        + (body.isEmpty() ? "empty body" : Quotation.of(body.replaceAll("\\s+", " ")));
  }

  /** More than is ever told, so that a secret at the end of what is told is seen whole. */
  private static String beginning(Answer answer) {
    byte[] body = answer.body();
    return new String(body, 0, Math.min(body.length, MOST_DESCRIBED), StandardCharsets.UTF_8);
  }

  /** Whether nothing of the body may be told. */
  boolean isPrivate() {
    return exchange.target().surface().privateBodies();
  }

  static boolean looksLikeHtml(String body) {
    String start =
        body.substring(0, Math.min(body.length(), 1024)).stripLeading().toLowerCase(Locale.ROOT);
    return start.startsWith("<!doctype") || start.startsWith("<html") || start.startsWith("<head");
  }

  private static Reason reasonOf(int status) {
    return switch (status) {
      case 401 -> Reason.UNAUTHORIZED;
      case 403 -> Reason.FORBIDDEN;
      case 404 -> Reason.ROUTE_NOT_FOUND;
      default -> {
        if (status >= 500) {
          yield Reason.SERVER_ERROR;
        }
        // 304 is what a cache is told, and sends nobody elsewhere.
        boolean elsewhere = status >= 300 && status < 400 && status != 304;
        yield elsewhere ? Reason.REDIRECTED : Reason.WRONG_STATUS;
      }
    };
  }
}
