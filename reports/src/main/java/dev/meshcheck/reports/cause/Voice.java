package dev.meshcheck.reports.cause;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Headers;
import dev.meshcheck.reports.guidance.BodyShape;
import dev.meshcheck.reports.text.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whose answer it is, by its form and by what it says of itself. Two answers of one author to two
 * requests are alike where the requests make no difference to him.
 *
 * @param dialect whose errors look like that
 * @param server the headers Server and Via, where they say anything
 * @param challenge the scheme and words of WWW-Authenticate
 * @param kept what says that a cache gave it: the age, and that the cache had it
 * @param form the names of the members of an error, or what it is where it is no JSON
 * @param print what the body says, without what differs from answer to answer anyway
 */
public record Voice(
    Dialect dialect,
    Optional<String> server,
    Optional<String> challenge,
    Optional<String> kept,
    String form,
    String print) {

  /** Whose errors look like that. */
  public enum Dialect {
    /** One of those that inference hosts and their gateways have. */
    API,
    /** The web framework under such hosts. */
    FRAMEWORK,
    /** The control plane. */
    CONTROL_PLANE,
    /** A body that none of these writes. */
    FOREIGN,
    /** No body. */
    SILENT
  }

  /** Nobody's. */
  public static final Voice NONE =
      new Voice(Dialect.SILENT, Optional.empty(), Optional.empty(), Optional.empty(), "", "");

  private static final Pattern FRONT =
      Pattern.compile(
          "(?i)(?:nginx|openresty|haproxy|apache|caddy|varnish|squid|envoy|traefik|kong|cloudflare|"
              + "cloudfront|akamai|awselb|fastly|gws|gunicorn|iis|tengine|big-?ip"
              + "|lighttpd|nghttpx|h2o|litespeed|tinyproxy|istio)");

  /** Ids, numbers and times differ from answer to answer, whoever gives it. */
  private static final Pattern PASSING = Pattern.compile("[a-f]{0,64}+[0-9][0-9a-f]*+|\\W++");

  /** How caches call the field in which they say whether they had the answer. */
  private static final Pattern CACHE_STATUS =
      Pattern.compile("(?i)(x-)?((proxy|varnish|cdn|cf|nginx|edge)-)?cache(-status)?|x-cache-.*");

  /** STALE is a hit as well; of several caches the last may have missed. */
  private static final Pattern HIT = Pattern.compile("(?i)\\b(hit|stale|updating)\\b");

  /**
   * What gateways call the scheme of their keys, besides Bearer; Azure's says
   * AzureApiManagementKey.
   *
   * @see <a href="https://docs.konghq.com/hub/kong-inc/key-auth/">Key</a>
   */
  private static final Pattern KEY_SCHEME =
      Pattern.compile("(?i)^(bearer|[\\w-]{0,40}key|oauth2?|(api|access|auth)?[-_]?token|jwt)\\b");

  /** A scheme of keys that is not the one of which such APIs take theirs. */
  private static final Pattern OTHER_SCHEME = Pattern.compile("(?i)^[\\w-]{0,40}key\\b");

  private static final int LONGEST_PRINT = 300;

  /**
   * Why Linkerd answered by itself.
   *
   * @see <a href="https://linkerd.io/2/reference/proxy-metrics/">l5d-proxy-error</a>
   */
  static final String MESH_ERROR = "l5d-proxy-error";

  /**
   * Fields in which firewalls say that a browser has to prove itself.
   *
   * @see <a
   *     href="https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/">cf-mitigated</a>
   * @see <a
   *     href="https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-how-it-works.html">x-amzn-waf-action</a>
   */
  static final List<String> CHALLENGES = List.of("cf-mitigated", "x-amzn-waf-action");

  /**
   * Fields in which fronts say why they answered by themselves, beside those.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html">x-amzn-errortype</a>
   * @see <a href="https://cloud.google.com/iap/docs/faq">x-goog-iap-generated-response</a>
   * @see <a href="https://vercel.com/docs/errors">x-vercel-error</a>
   */
  private static final List<String> REASONS =
      List.of(
          MESH_ERROR,
          "x-amzn-errortype",
          "x-goog-iap-generated-response",
          "x-vercel-error",
          "x-squid-error");

  private static final int LONGEST_HEADER = 80;

  /** UNAUTHENTICATED, see https://grpc.io/docs/guides/status-codes/. */
  private static final int LAST_GRPC_CODE = 16;

  static Voice of(Exchange exchange, Answer answer, JsonNode body, UnaryOperator<String> clean) {
    return new Voice(
        dialect(answer, body),
        server(answer.headers()).map(clean),
        answer.headers().first("WWW-Authenticate").map(Voice::cut).map(clean),
        kept(answer.headers()).map(clean),
        form(answer, body),
        print(exchange, answer, clean));
  }

  /** Whether somebody wrote it who is no part of such an API. */
  public boolean isForeign() {
    return dialect == Dialect.FOREIGN || dialect == Dialect.SILENT;
  }

  /** Whether it asks for a login that is no API key. */
  public boolean asksForLogin() {
    return asksForLogin(challenge);
  }

  /** Whether it asks for a key under another name than the one that such APIs take. */
  boolean wantsKeyOtherwise() {
    return challenge.filter(c -> OTHER_SCHEME.matcher(c).find()).isPresent();
  }

  /** Whether it asks for a key, in the words of the protocol. */
  boolean asksForKey() {
    return challenge.filter(c -> KEY_SCHEME.matcher(c).find()).isPresent();
  }

  static boolean asksForLogin(Optional<String> challenge) {
    return challenge.filter(c -> !KEY_SCHEME.matcher(c).find()).isPresent();
  }

  /** Whether it names a proxy, so that one is known to stand between. */
  public boolean namesProxy() {
    return server.stream().anyMatch(s -> s.contains("Via") || FRONT.matcher(s).find());
  }

  /** What the headers say of the author, for people; empty where they say nothing. */
  public String told() {
    List<String> parts = new ArrayList<>();
    server.ifPresent(parts::add);
    challenge.ifPresent(c -> parts.add("WWW-Authenticate: " + c));
    return String.join(", ", parts);
  }

  /** Whether nobody would take those who wrote these two for one program. */
  boolean isAnothers(Voice other) {
    return !form.equals(other.form);
  }

  /** Programs word each of their errors in one form, whatever it says. */
  private static String form(Answer answer, JsonNode body) {
    if (!body.isObject()) {
      return BodyShape.of(answer).name();
    }
    JsonNode error = body.path("error");
    return names(body) + (error.isObject() ? names(error) : error.getNodeType().name());
  }

  private static String names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).sorted().toList().toString();
  }

  private static Dialect dialect(Answer answer, JsonNode body) {
    if (answer.body().length == 0) {
      return Dialect.SILENT;
    }
    if (!answer.frames().isEmpty() || (answer.successful() && isOurs(body))) {
      return Dialect.API;
    }
    if (!body.isObject()) {
      return Dialect.FOREIGN;
    }
    if (isError(body)) {
      return Dialect.API;
    }
    if (body.path("detail").isTextual() || body.path("detail").isArray()) {
      return Dialect.FRAMEWORK;
    }
    return isGrpc(body) ? Dialect.CONTROL_PLANE : Dialect.FOREIGN;
  }

  /**
   * An error as inference hosts word it, see https://platform.openai.com/docs/guides/error-codes.
   */
  static boolean isError(JsonNode body) {
    JsonNode error = body.path("error");
    boolean object =
        error.path("message").isTextual()
            && !error.path("status").isTextual()
            && !error.has("errors");
    // A sentence; other frameworks put a time, a status or the path beside it.
    boolean sentence =
        error.isTextual()
            && !error.asText().equalsIgnoreCase("not found")
            && List.of("timestamp", "path", "status", "statusCode", "reason").stream()
                .noneMatch(body::has);
    boolean flat = body.path("object").asText().equals("error") && body.path("message").isTextual();
    return object || sentence || flat;
  }

  /** An error as grpc-gateway words it; that of Kubernetes has its kind beside it. */
  static boolean isGrpc(JsonNode body) {
    return body.path("code").isInt()
        && body.path("message").isTextual()
        && !body.has("error")
        && !body.has("object")
        && !body.has("kind")
        && !body.has("status")
        && !body.has("data");
  }

  /** Other frameworks put the status where grpc-gateway has a code of its own, from 0 to 16. */
  static boolean isOfControlPlane(JsonNode body) {
    return isGrpc(body) && body.path("code").asInt() <= LAST_GRPC_CODE;
  }

  private static boolean isOurs(JsonNode body) {
    return List.of("data", "choices", "output", "tokens", "prompt", "version").stream()
        .anyMatch(body::has);
  }

  private static Optional<String> server(Headers headers) {
    List<String> parts = new ArrayList<>();
    headers
        .first("Server")
        .filter(s -> !s.isBlank())
        .ifPresent(s -> parts.add("Server: " + cut(s)));
    headers.first("Via").filter(s -> !s.isBlank()).ifPresent(s -> parts.add("Via: " + cut(s)));
    Stream.concat(CHALLENGES.stream(), REASONS.stream())
        .forEach(name -> headers.first(name).ifPresent(s -> parts.add(name + ": " + cut(s))));
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
  }

  /**
   * See RFC 9111, section 5.1: no answer that comes from where it is made has an age.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9111#section-5.1">Age</a>
   */
  private static Optional<String> kept(Headers headers) {
    List<String> parts = new ArrayList<>();
    headers
        .first("Age")
        .filter(age -> age.matches("0{0,9}+[1-9][0-9]{0,9}"))
        .ifPresent(age -> parts.add("Age: " + age));
    headers.fields().stream()
        .filter(f -> CACHE_STATUS.matcher(f.name()).matches() && HIT.matcher(f.value()).find())
        .forEach(f -> parts.add(f.name() + ": " + cut(f.value())));
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
  }

  private static String cut(String header) {
    return Plain.line(header, LONGEST_HEADER);
  }

  /** What the request itself said comes back in some errors; it makes no two answers differ. */
  private static String print(Exchange exchange, Answer answer, UnaryOperator<String> clean) {
    if (exchange.target().surface().privateBodies() || BodyShape.of(answer) == BodyShape.STREAM) {
      return String.valueOf(answer.status());
    }
    byte[] bytes = answer.body();
    String text =
        new String(bytes, 0, Math.min(bytes.length, 4000), java.nio.charset.StandardCharsets.UTF_8);
    for (String name : List.of("Authorization", "X-User-Id")) {
      for (String sent : exchange.request().headers().all(name)) {
        text = text.replace(sent.replaceFirst("^Bearer ", ""), "");
      }
    }
    String path = String.valueOf(exchange.request().uri().getRawPath());
    text = path.length() > 1 ? text.replace(path, "") : text;
    text = QuotedKey.without(text);
    String print =
        PASSING.matcher(clean.apply(text).toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    return print.substring(0, Math.min(print.length(), LONGEST_PRINT));
  }
}
