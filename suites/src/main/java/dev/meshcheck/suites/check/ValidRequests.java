package dev.meshcheck.suites.check;

import dev.meshcheck.fixtures.exchange.Request;
import dev.meshcheck.fixtures.surface.Route;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.fixtures.surface.Target;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Which requests of a run are valid as documented, whatever check sent them. What the documents do
 * not hold is in doubt, and not judged.
 */
public final class ValidRequests {

  /** What the plain request of a route holds already. */
  private static final List<String> PLAIN =
      List.of(
          "model",
          "messages",
          "prompt",
          "input",
          "tokens",
          "max_tokens",
          "max_output_tokens",
          "temperature");

  private static final Set<String> PLAIN_HEADERS =
      Set.of("user-agent", "accept", "authorization", "x-user-id", "content-type");

  /** Headers that every HTTP client may send. */
  private static final Set<String> USUAL_HEADERS =
      Set.of("accept-encoding", "connection", "x-request-id");

  private ValidRequests() {}

  /**
   * The valid requests to that route that have ended, with the answers to them, ordered by what
   * they ask for: so the same one of them is told each time, whichever was sent first.
   */
  public static List<Answered> of(Probe probe, RouteName name) {
    Route route = probe.route(name);
    URI uri = probe.target().at(route.path());
    return probe.everything().stream()
        .filter(one -> one.exchange().request().method().equals(route.method()))
        .filter(one -> one.exchange().request().uri().equals(uri))
        .filter(one -> isValid(probe, name, one))
        .sorted(Comparator.comparing(ValidRequests::options))
        .toList();
  }

  private static boolean isValid(Probe probe, RouteName name, Answered answered) {
    Request request = answered.exchange().request();
    Target target = probe.target();
    return extraHeaders(request).allMatch(USUAL_HEADERS::contains)
        && request.attempt() < Ask.FIRST_OF_A_BURST
        && request.headers().first("Authorization").equals(target.key().map(key -> "Bearer " + key))
        && request
            .headers()
            .first("X-User-Id")
            .equals(target.userId().filter(id -> target.surface().userIdNeeded()))
        && request
            .headers()
            .first("Content-Type")
            .filter(type -> type.startsWith("application/json"))
            .isPresent()
        && DocumentedBody.model(name, request).filter(probe.model()::equals).isPresent();
  }

  /** What the request asks for beyond the plain one, in words. */
  public static String options(Answered answered) {
    TreeSet<String> names = new TreeSet<>();
    DocumentedBody.read(answered.exchange().request())
        .ifPresent(body -> body.fieldNames().forEachRemaining(names::add));
    PLAIN.forEach(names::remove);
    if (hasParts(answered)) {
      names.add("content in parts");
    }
    extraHeaders(answered.exchange().request()).forEach(name -> names.add("the header " + name));
    return names.isEmpty() ? "nothing special" : String.join(" and ", names);
  }

  private static boolean hasParts(Answered answered) {
    return DocumentedBody.read(answered.exchange().request()).stream()
        .flatMap(body -> Stream.of(body.path("messages"), body.path("input")))
        .flatMap(turns -> StreamSupport.stream(turns.spliterator(), false))
        .anyMatch(turn -> turn.path("content").isArray());
  }

  private static Stream<String> extraHeaders(Request request) {
    return request.headers().fields().stream()
        .map(field -> field.name().toLowerCase(Locale.ROOT))
        .filter(name -> !PLAIN_HEADERS.contains(name));
  }
}
