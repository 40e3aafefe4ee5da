package dev.meshcheck.suites.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.exchange.Memo;
import dev.meshcheck.fixtures.exchange.Request;
import dev.meshcheck.fixtures.surface.RouteName;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Bodies of requests, held against {@code schemas/request-ROUTE.schema.json}. */
final class DocumentedBody {

  /** Several checks look at every request of a run. */
  private static final Map<RouteName, Memo<Request, Optional<String>>> MODELS =
      new ConcurrentHashMap<>();

  private DocumentedBody() {}

  /** The model that the request is for; nothing where its body is not as documented. */
  static Optional<String> model(RouteName route, Request request) {
    return MODELS
        .computeIfAbsent(route, one -> Memo.of(asked -> askedModel(one, asked)))
        .about(request);
  }

  private static Optional<String> askedModel(RouteName route, Request request) {
    return read(request)
        .filter(body -> Schema.holds("request-" + route, body))
        .filter(DocumentedBody::isUnicode)
        .map(body -> body.path("model").asText());
  }

  /** The object in the body, where there is one. */
  static Optional<JsonNode> read(Request request) {
    try {
      return request
          .body()
          .map(text -> Json.parse("the request", text).node())
          .filter(JsonNode::isObject);
    } catch (Failure e) {
      return Optional.empty();
    }
  }

  /** JSON may hold half of a surrogate pair, which no text has. */
  private static boolean isUnicode(JsonNode body) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(body.toString());
  }
}
