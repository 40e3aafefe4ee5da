package dev.meshcheck.reports.cause;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Breach;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.JsonText;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.exchange.RetryAfter;
import dev.meshcheck.fixtures.surface.Route;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.guidance.BodyShape;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one exchange says to a diagnosis: in what the request differed from the configured one, and
 * what came back. It holds no secret.
 *
 * @param id of the exchange
 * @param target the name of the target
 * @param method of the request
 * @param path of the request, below the host's root
 * @param route the documented route, where it was one
 * @param key what was sent for a key
 * @param user what was sent for {@code X-User-Id}
 * @param model what was sent for a model; {@link Sent#NONE} for a GET
 * @param status of the answer, where there was one
 * @param shape of its body
 * @param marks what the answer gives away
 * @param said the beginning of its message, redacted
 * @param complaint what a refusal speaks of, where its words are known
 * @param noAnswer why there was none
 * @param location where the answer redirects to
 * @param retryAfter how long the answer asks to wait
 * @param requestId how the host calls the request
 * @param models the ids that the answer lists
 * @param skew how far the host's clock is ahead of ours, negative when behind
 * @param streamed whether a stream was asked for
 * @param flow of a stream
 * @param totalMs from sending to the last byte
 * @param voice whose answer it is
 * @param answerId the id that the answer itself has
 * @param asked the same for requests that are the same in every header and byte
 * @param breaches of the rules for heads, in words
 * @param onUsed whether it went on a connection on which a GET had been answered before
 */
public record Trial(
    String id,
    String target,
    String method,
    String path,
    Optional<Route> route,
    Sent key,
    Sent user,
    Sent model,
    Optional<Integer> status,
    Optional<BodyShape> shape,
    Set<Mark> marks,
    String said,
    Optional<Complaint> complaint,
    Optional<NoAnswer.Kind> noAnswer,
    Optional<URI> location,
    Optional<Duration> retryAfter,
    Optional<String> requestId,
    List<String> models,
    Optional<Duration> skew,
    boolean streamed,
    Optional<Flow> flow,
    double totalMs,
    Voice voice,
    Optional<String> answerId,
    int asked,
    List<String> breaches,
    boolean onUsed) {

  /** Names of a list that is as long as those of content networks of models. */
  private static final int MOST_MODELS = 5_000;

  private static final int SHORTEST_MODEL = 4;

  private static final List<Mark> NO_GOOD =
      List.of(
          Mark.HIDDEN_ERROR,
          Mark.NO_BODY,
          Mark.NO_CHOICES,
          Mark.CUT,
          Mark.UNENDED,
          Mark.UNREADABLE,
          Mark.MISFIT,
          Mark.WRAPPED);

  /** What that exchange says. */
  public static Trial of(Exchange exchange, Redactor redactor) {
    Target target = exchange.target();
    Optional<Answer> answer =
        exchange.reply() instanceof Answer given ? Optional.of(given) : Optional.empty();
    Optional<BodyShape> shape = answer.map(BodyShape::of);
    JsonNode body =
        answer
            .filter(a -> shape.get() == BodyShape.JSON)
            .map(a -> JsonText.read(a.text()))
            .orElse(MissingNode.getInstance());
    boolean isPrivate = target.surface().privateBodies();
    Words first = answer.map(a -> Words.of(a, body)).orElseGet(() -> Words.ofNone(exchange));
    Set<Mark> marks = answer.map(a -> marks(exchange, a, body, first)).orElse(Set.of());
    Words words = answer.map(a -> first.of(a, body, marks)).orElse(first);
    return new Trial(
        exchange.id(),
        target.name(),
        exchange.request().method(),
        path(exchange),
        exchange.route(),
        Sent.key(exchange),
        Sent.user(exchange),
        Sent.model(exchange),
        answer.map(Answer::status),
        shape,
        marks,
        isPrivate ? "" : words.told(redactor),
        answer.filter(a -> refuses(a, marks)).flatMap(a -> Complaint.of(words.head(), body)),
        exchange.reply() instanceof NoAnswer none ? Optional.of(none.kind()) : Optional.empty(),
        answer.flatMap(a -> location(exchange, a)),
        answer
            .flatMap(a -> a.headers().first("Retry-After"))
            .flatMap(value -> RetryAfter.parse(value, exchange.startedAt())),
        answer.flatMap(a -> a.headers().first("X-Request-Id")).map(redactor::text),
        isPrivate ? List.of() : models(body),
        answer.flatMap(a -> skew(exchange, a)),
        exchange.request().streamed(),
        answer.flatMap(a -> Flow.of(exchange, a)),
        exchange.timings().total(),
        answer.map(a -> Voice.of(exchange, a, body, redactor::text)).orElse(Voice.NONE),
        Optional.of(body.path("id").asText(""))
            .filter(id -> !id.isEmpty() && !isPrivate)
            .map(redactor::text),
        exchange.request().again(1).hashCode(),
        answer.stream()
            .flatMap(a -> a.breaches().stream())
            .filter(breach -> breach != Breach.CLOSED_UNTOLD)
            .map(Breach::told)
            .toList(),
        exchange.request().first().filter(f -> f.method().equals("GET")).isPresent());
  }

  private static Set<Mark> marks(Exchange exchange, Answer answer, JsonNode body, Words words) {
    Set<Mark> marks = Marks.of(answer, body, words.head());
    if (exchange.target().extras().stream().anyMatch(words::name)) {
      marks.add(Mark.NAMES_OWN_HEADER);
    }
    boolean refused = answer.status() >= 400 || marks.contains(Mark.HIDDEN_ERROR);
    boolean ofKeys =
        refused
            && (answer.status() == 401 || answer.status() == 403 || marks.contains(Mark.ABOUT_KEY));
    Marks.add(marks, Mark.ABOUT_OTHER_KEY, ofKeys && quotesAnother(exchange, words.head()));
    boolean lacks = answer.status() == 400 || answer.status() == 404;
    Marks.add(marks, Mark.ABOUT_MODEL, lacks && namesTheModel(exchange, words.head()));
    String method = exchange.request().method();
    boolean allowed =
        answer.headers().all("Allow").stream()
            .flatMap(methods -> Arrays.stream(methods.split(",", -1)))
            .anyMatch(one -> one.strip().equals(method));
    Marks.add(marks, Mark.ALLOWED, answer.status() == 405 && allowed);
    Marks.add(marks, Mark.OTHER_MODEL, answer.successful() && namesAnother(exchange, body));
    exchange
        .route()
        .ifPresent(
            r -> marks.addAll(BodyMarks.of(answer, body, r.name(), exchange.request().streamed())));
    return marks;
  }

  /** Short names may stand in any text. */
  private static boolean namesTheModel(Exchange exchange, String words) {
    String asked = askedModel(exchange);
    return asked.length() >= SHORTEST_MODEL && words.contains(asked);
  }

  private static String askedModel(Exchange exchange) {
    return JsonText.read(exchange.request().body().orElse("{}")).path("model").asText("");
  }

  /** The key, and what the user's own header fields hold, which may be one, too. */
  private static boolean quotesAnother(Exchange exchange, String words) {
    List<String> sent =
        Stream.concat(
                exchange.request().headers().all("Authorization").stream()
                    .map(value -> value.replaceFirst("(?i)^bearer +", "")),
                exchange.target().extras().stream().map(Target.Extra::value))
            .toList();
    return QuotedKey.in(words).anyMatch(quoted -> sent.stream().noneMatch(quoted::isOf));
  }

  /** Versions have a longer name, and paths a longer beginning. */
  private static boolean namesAnother(Exchange exchange, JsonNode body) {
    String told = body.path("model").asText("").toLowerCase(Locale.ROOT);
    String asked = askedModel(exchange).toLowerCase(Locale.ROOT);
    return !told.isEmpty() && !asked.isEmpty() && !told.contains(asked) && !asked.contains(told);
  }

  private static boolean refuses(Answer answer, Set<Mark> marks) {
    boolean refused = answer.status() >= 400 || marks.contains(Mark.HIDDEN_ERROR);
    return refused && BodyShape.of(answer) != BodyShape.HTML;
  }

  /** Whether the status is one of these. */
  public boolean is(int... wanted) {
    return status.stream().anyMatch(s -> Arrays.stream(wanted).anyMatch(w -> w == s));
  }

  /** Whether there is no such path, by its status or its words. */
  public boolean isNowhere() {
    return is(404) || has(Mark.UNKNOWN_PATH);
  }

  /** Whether the status is 200 to 299. */
  public boolean successful() {
    return status.stream().anyMatch(s -> s >= 200 && s < 300);
  }

  /** Whether it is a success whose body is one that the route has, too. */
  public boolean good() {
    return successful() && !isPage() && NO_GOOD.stream().noneMatch(this::has);
  }

  /** Whether only the API answers like that. */
  boolean provesApi() {
    return good() && !on(RouteName.HEALTH) && !on(RouteName.VERSION);
  }

  /** Whether nobody would tell one of these two answers from the other. */
  public boolean like(Trial other) {
    return status.isPresent()
        && status.equals(other.status)
        && voice.print().equals(other.voice.print());
  }

  /** Whether the same was asked, on whatever connection. */
  boolean asksAs(Trial other) {
    return method.equals(other.method)
        && path.equals(other.path)
        && key == other.key
        && user == other.user
        && model == other.model
        && streamed == other.streamed;
  }

  /** Whether the same was asked in the same way. */
  boolean sentAs(Trial other) {
    return asksAs(other) && onUsed == other.onUsed;
  }

  /** Whether it says to come later, to somebody who may come and finds somebody there and free. */
  boolean isToldLater() {
    boolean told = is(429) || has(Mark.LIMITED) || (is(403, 503) && has(Mark.NONE_LEFT));
    return told && !has(Mark.QUOTA) && !has(Mark.NO_UPSTREAM) && !has(Mark.BUSY);
  }

  /** Whether the status is 400 to 499. */
  public boolean refused() {
    return status.stream().anyMatch(s -> s >= 400 && s < 500);
  }

  /** Whether the answer has that mark. */
  public boolean has(Mark mark) {
    return marks.contains(mark);
  }

  /** Whether it was that route. */
  public boolean on(RouteName name) {
    return route.stream().anyMatch(r -> r.name() == name);
  }

  /** Whether the route needs a key. */
  public boolean guarded() {
    return route.stream()
        .anyMatch(r -> r.key() != Route.KeyRule.PUBLIC && (r.isPost() || on(RouteName.PROFILE)));
  }

  /** Whether it was a web page. */
  public boolean isPage() {
    return shape.equals(Optional.of(BodyShape.HTML));
  }

  /** The request and what came back, in one line for people. */
  @Override
  public String toString() {
    return requested() + " → " + answered();
  }

  /** The request, in a few words. */
  String requested() {
    List<String> carried = new ArrayList<>();
    String credential = on(RouteName.PROFILE) ? "token" : "key";
    carried.add(
        switch (key) {
              case NONE -> "no ";
              case CONFIGURED -> "your ";
              case MALFORMED, UNKNOWN -> "a made-up ";
            }
            + credential);
    switch (user) {
      case NONE -> {}
      case CONFIGURED -> carried.add("your user id");
      case MALFORMED -> carried.add("a malformed user id");
      case UNKNOWN -> carried.add("a made-up user id");
    }
    switch (model) {
      case NONE, CONFIGURED -> {}
      case MALFORMED -> carried.add("a UUID for a model");
      case UNKNOWN -> carried.add("a made-up model");
    }
    if (onUsed) {
      carried.add("on a connection that was used before");
    }
    return method + " " + path + " with " + String.join(", ", carried);
  }

  /** The same, with what the answer's headers say of its author. */
  public String seen() {
    return this + (voice.told().isEmpty() ? "" : ", " + voice.told());
  }

  /** What came back, in a few words. */
  public String answered() {
    if (status.isEmpty()) {
      String why = said.isEmpty() ? "" : " (" + said + ")";
      return noAnswer.map(kind -> "no answer: " + kind + waited(kind) + why).orElse("nothing");
    }
    if (has(Mark.UNREADABLE)) {
      String what = NoText.isTold(said) ? ": " + said : "";
      return status.get() + " (a body that is not what the head says" + what + ")";
    }
    boolean hidden = (has(Mark.HIDDEN_ERROR) || has(Mark.NONSENSE)) && !said.isEmpty();
    String events = flow.map(f -> f.events() + " events" + (hidden ? ": " : "")).orElse("");
    String body = flow.isPresent() && !hidden ? events : events + said;
    String what = shape.filter(s -> s == BodyShape.HTML).isPresent() ? "a web page: " : "";
    String empty = has(Mark.NO_BODY) && body.isEmpty() ? " (nothing)" : "";
    String choices = has(Mark.NO_CHOICES) ? " (no choices)" : "";
    return status.get() + (body.isEmpty() ? empty : " (" + what + body + ")") + choices;
  }

  private String waited(NoAnswer.Kind kind) {
    boolean late = kind == NoAnswer.Kind.TIMEOUT || kind == NoAnswer.Kind.CONNECT_TIMEOUT;
    return late ? String.format(Locale.ROOT, " after %.0f s", totalMs / 1000) : "";
  }

  private static String path(Exchange exchange) {
    String path = Optional.ofNullable(exchange.request().uri().getRawPath()).orElse("/");
    String base = Optional.ofNullable(exchange.target().base().getRawPath()).orElse("");
    return path.startsWith(base) ? path.substring(base.length()) : path;
  }

  private static Optional<URI> location(Exchange exchange, Answer answer) {
    boolean redirects = answer.status() >= 300 && answer.status() < 400 && answer.status() != 304;
    try {
      return answer
          .headers()
          .first("Location")
          .filter(l -> redirects)
          .map(l -> exchange.request().uri().resolve(l));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static List<String> models(JsonNode body) {
    List<String> ids = new ArrayList<>();
    body.path("data").forEach(card -> ids.add(card.path("id").asText("")));
    return ids.stream().filter(id -> !id.isBlank()).limit(MOST_MODELS).toList();
  }

  /** The Date header has seconds only, and was written between sending and the first byte. */
  private static Optional<Duration> skew(Exchange exchange, Answer answer) {
    return answer
        .headers()
        .first("Date")
        .flatMap(HttpDates::parse)
        .map(
            date ->
                Duration.between(
                    exchange.startedAt().plusMillis((long) (exchange.timings().total() / 2)),
                    date));
  }
}
