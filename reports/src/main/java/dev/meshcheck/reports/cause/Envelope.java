package dev.meshcheck.reports.cause;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The envelope that relays with a dialect of their own put round every answer, with 200 as its
 * status: a number that tells how it went, and words beside it.
 *
 * @param code the number; 0 and 200 say that all is well, and so do some others
 * @param words what stands beside it
 * @see <a href="https://docs.z.ai/api-reference/api-code">Z.ai's business error codes</a>
 */
record Envelope(int code, String words) {

  private static final List<String> CODES =
      List.of("code", "status", "statusCode", "status_code", "errcode", "error_code", "errorCode");

  private static final List<String> WORDS =
      List.of("msg", "message", "errmsg", "error_msg", "errorMsg", "status_msg", "errorMessage");

  /** What holds an answer holds no error. */
  private static final List<String> ANSWERS =
      List.of("choices", "data", "output", "tokens", "prompt", "models");

  /** What is said beside numbers that mean that all is well. */
  private static final Pattern FINE =
      Pattern.compile("(?i)(ok|success(ful)?|done|\\u6210\\u529f)\\W?");

  private static final int UNAUTHORIZED = 401;

  /** The envelope of that body, where it says that something failed. */
  static Optional<Envelope> ofError(JsonNode body) {
    boolean answered =
        ANSWERS.stream().map(body::path).anyMatch(n -> n.isContainerNode() && !n.isEmpty());
    return answered
        ? Optional.empty()
        : Stream.of(body, body.path("base_resp"))
            .filter(JsonNode::isObject)
            .flatMap(one -> read(one).stream())
            .findFirst();
  }

  private static Optional<Envelope> read(JsonNode one) {
    Optional<String> words = texts(one, WORDS).findFirst();
    int code = CODES.stream().mapToInt(name -> one.path(name).asInt(0)).max().orElse(0);
    boolean failed = one.path("success").isBoolean() && !one.path("success").asBoolean();
    return words.filter(w -> failed || isError(code, w)).map(w -> new Envelope(code, w));
  }

  private static boolean isError(int code, String words) {
    boolean ofHttp = code >= 400 && code < 600;
    return (ofHttp || code >= 1000) && !FINE.matcher(words).matches();
  }

  private static Stream<String> texts(JsonNode one, List<String> names) {
    return names.stream()
        .map(one::path)
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .filter(text -> !text.isBlank());
  }

  /** Whether it refuses whoever asks, as 401 does. */
  boolean isUnauthorized() {
    return code == UNAUTHORIZED;
  }
}
