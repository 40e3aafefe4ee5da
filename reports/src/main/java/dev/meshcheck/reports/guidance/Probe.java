package dev.meshcheck.reports.guidance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.JsonLimits;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.surface.Route;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.fixtures.surface.Target;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * What guidance needs to know of an exchange. It holds no secret and no body.
 *
 * @param target the name of the target
 * @param route the documented route that was called, where it was one
 * @param configuredKey whether the configured credential was sent in the documented form
 * @param userIdSent whether the configured {@code X-User-Id} was sent
 * @param asConfigured whether credential and user id were sent just as the surface asks for
 * @param status of the answer, where there was one
 * @param shape of its body
 * @param noAnswer why there was none
 * @param retryAfter whether the answer said how long to wait
 * @param modelListed whether the answer lists the target's model, where it lists models at all
 */
public record Probe(
    String target,
    Optional<Route> route,
    boolean configuredKey,
    boolean userIdSent,
    boolean asConfigured,
    Optional<Integer> status,
    Optional<BodyShape> shape,
    Optional<NoAnswer.Kind> noAnswer,
    boolean retryAfter,
    Optional<Boolean> modelListed) {

  private static final ObjectMapper MAPPER = JsonLimits.mapper().build();

  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** What that exchange shows. */
  public static Probe of(Exchange exchange) {
    Target target = exchange.target();
    KeyUse key = KeyUse.of(exchange);
    Optional<String> userId = exchange.request().headers().first("X-User-Id");
    boolean rightUser = userId.equals(target.userId());
    Optional<Route> route = exchange.route();
    Optional<Answer> answer =
        exchange.reply() instanceof Answer given ? Optional.of(given) : Optional.empty();
    Optional<NoAnswer> none =
        exchange.reply() instanceof NoAnswer given ? Optional.of(given) : Optional.empty();
    return new Probe(
        target.name(),
        route,
        key == KeyUse.CONFIGURED,
        userId.isPresent() && rightUser,
        rightUser && (key == KeyUse.CONFIGURED || (key == KeyUse.NONE && target.key().isEmpty())),
        answer.map(Answer::status),
        answer.map(BodyShape::of),
        none.map(NoAnswer::kind),
        answer.flatMap(a -> a.headers().first("Retry-After")).isPresent(),
        answer.filter(a -> isRoute(route, RouteName.MODELS)).flatMap(a -> lists(a, target)));
  }

  /** Whether that text is a bare UUID; no surface takes one for a model. */
  public static boolean isUuid(String text) {
    return UUID.matcher(text).matches();
  }

  boolean successful() {
    return status.stream().anyMatch(s -> s >= 200 && s < 300);
  }

  boolean on(RouteName name) {
    return isRoute(route, name);
  }

  private static boolean isRoute(Optional<Route> route, RouteName name) {
    return route.stream().anyMatch(r -> r.name() == name);
  }

  private static Optional<Boolean> lists(Answer answer, Target target) {
    if (!answer.successful() || target.model().isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonNode data = MAPPER.readTree(answer.body()).path("data");
      return data.isArray() && !data.isEmpty()
          ? Optional.of(
              StreamSupport.stream(data.spliterator(), false)
                  .anyMatch(m -> m.path("id").asText().equals(target.model().get())))
          : Optional.empty();
    } catch (IOException e) {
      // An unreadable list says nothing about the model; another check reports it.
      return Optional.empty();
    }
  }
}
