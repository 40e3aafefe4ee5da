package dev.meshcheck.reports.cause;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Headers;
import dev.meshcheck.fixtures.exchange.JsonText;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the marks of an answer; those of a success's body are in {@link BodyMarks}. */
final class Marks {

  private static final Pattern PROXY_SERVER =
      Pattern.compile(
          "(?i)(?:squid|tinyproxy|privoxy|zscaler|bluecoat|mcafee|fortigate|forcepoint|ironport)");

  private static final List<String> PROXY_HEADERS =
      List.of("x-squid-error", "x-bluecoat-via", "x-zscaler-transaction-id", "proxy-authenticate");

  /** apim-request-id is that of Azure's model services, not of its API gateways. */
  private static final Pattern PROVIDER_HEADER =
      Pattern.compile(
          "(?i)((openai|x-groq|anthropic|x-goog(?!-iap)|x-ms-azureml|azureml|x-fireworks|x-amzn-bedrock|"
              + "x-together|x-openrouter)-.*|apim-request-id|mistral-correlation-id|x-ds-trace-id)");

  private static final Pattern DEFAULT_PAGE =
      Pattern.compile(
          "(?is)(default backend - 404|^404 page not found\\s*+$|<center>(nginx|openresty)|"
              + "<title>404 not found</title>|no service was found for this host)");

  private static final Pattern NO_UPSTREAM =
      Pattern.compile(
          "(?is)(no (healthy|live|active|available) (upstream|backend|target|host|peer|server|node|endpoint)s?\\b"
              + "|upstream connect error|no server is available|no endpoints available for service"
              + "|failure to get a peer|name resolution failed|failed to find candidate"
              + "|(load balancer does not have|unable to find) (an |available )?(server|instance) for"
              + "|<center>(nginx|openresty))");

  /**
   * Their own pages; what a server behind them says they pass on as it is. Cloudflare's 1101 and
   * 1102 are about a program of its customer's in front.
   *
   * @see <a href="https://developers.cloudflare.com/workers/observability/errors/">Workers
   *     errors</a>
   */
  private static final Pattern GATEWAY_PAGE =
      Pattern.compile(
          "(?is)(<center>(nginx|openresty)|<address>apache|encountered an internal error or\\s{1,9}misconfiguration|^error code: 11\\d\\d\\s*+$"
              + "|<h1>500 internal server error</h1>\\s{0,9}an internal server error occurred\\.)");

  /** How gateways of models say with 429 that all their backends are taken out. */
  private static final Pattern NO_DEPLOYMENT =
      Pattern.compile(
          "(?i)(no (healthy )?deployments? available|no available (server|backend|channel|worker))");

  private static final Pattern PLAIN_TO_TLS =
      Pattern.compile(
          "(?is)(plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS|"
              + "speaking plain HTTP to an SSL|combination of host and port requires TLS)");

  private static final Pattern FRAMEWORK_404 =
      Pattern.compile("(?i)\\s{0,3}(page |path |route |resource |url )?not found[.!]?\\s{0,3}");

  /**
   * LM Studio says so with 200.
   *
   * @see <a href="https://github.com/lmstudio-ai/lmstudio-bug-tracker/issues/618">Returning 200</a>
   */
  private static final Pattern UNKNOWN_PATH =
      Pattern.compile(
          "(?i)((unexpected|unknown|unsupported|unrecogni[sz]ed|invalid|no such) (request )?(endpoint|route|path|ur[il])"
              + "|(endpoint|route|path|ur[il]|page) (is |was |does )?not (be )?(found|exist))");

  private static final Pattern QUOTA =
      Pattern.compile(
          "(?is)(insufficient_quota|exceeded your current quota|credit_balance|"
              + "insufficient (balance|credit|funds)|out of (credit|.{0,30}quota)"
              + "|(quota|budget) (is |has been )?(exceeded|exhausted|used up|depleted)"
              + "|quota will be (replenished|reset))");

  /**
   * What has no other meaning: a balance in Chinese, and what a usage plan of Amazon's says when it
   * is spent.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html">QUOTA_EXCEEDED</a>
   */
  private static final Pattern SPENT =
      Pattern.compile(
          "(?i)(^limit exceeded\\.?$|\u4f59\u989d|\u6b20\u8d39|\u5145\u503c|\u989d\u5ea6)");

  private static final Pattern REMAINING =
      Pattern.compile("(?i)(x-)?rate-?limit-remaining(-[a-z]{1,20})?");

  /** Pages and refusals of keys name billing beside much else. */
  private static final Pattern BILLING =
      Pattern.compile(
          "(?i)((check|update|verify|enable|set up|your|no) (plan and |the )?billing|billing (is |has )?(not|in)"
              + "|payment (is )?(required|overdue)|past[- ]due|unpaid|spend(ing)? (limit|cap))");

  /**
   * What some say where others say 503.
   *
   * @see <a href="https://docs.anthropic.com/en/api/errors">529 overloaded_error</a>
   */
  private static final int OVERLOADED = 529;

  private static final Pattern BUSY =
      Pattern.compile(
          "(?i)(overloaded|\\bbusy\\b|at capacity|capacity (is )?exceeded|too many (concurrent )?requests"
              + "|queue is full|max_queued|back-?pressure|saturated|no slots? available"
              + "|high (load|demand|traffic|volume)|reset reason: overflow)");

  /** What says with 429 that it is not the rate of whoever asks; "server is overloaded" may be. */
  private static final Pattern FULL =
      Pattern.compile(
          "(?i)((model|engine)( is)?( currently)? overloaded|queue is full|saturated|no slots? available"
              + "|experiencing (very )?high (load|demand|traffic|volume))");

  /**
   * Apigee says so with 500 where nobody has told it otherwise.
   *
   * @see <a href="https://docs.apigee.com/api-platform/tutorials/add-spike-arrest">SpikeArrest</a>
   */
  private static final Pattern LIMITED =
      Pattern.compile(
          "(?i)(spike ?arrest|rate ?limit (is |was |has been )?(exceeded|reached|hit))");

  private static final Pattern BODY =
      Pattern.compile(
          "(?i)(not (a )?valid json|invalid json|malformed json|json decode|parse (the )?(request|body|json)"
              + "|body (is|was) (empty|missing|required)|(empty|missing|no) (request )?body|unexpected end of"
              + "|expecting value|unsupported media type|content[- ]type)");

  private static final Pattern USER = Pattern.compile("(?is)(x-user-id|user[ _-]?id|this user)");

  private static final Pattern KEY =
      Pattern.compile(
          "(?is)(api[ _-]?key|authorization|authenticat|unauthorized|credential|\\btoken\\b|bearer"
              // Token, key, signing in and identity in Chinese; signing in in Japanese and Korean.
              + "|\u4ee4\u724c|\u5bc6\u94a5|\u9274\u6743|\u8ba4\u8bc1|\u8eab\u4efd|\u8a8d\u8a3c|\uc778\uc99d)");

  private static final Pattern MISSING =
      Pattern.compile(
          "(?is)(missing|required|not provided|didn't provide|did not provide|no api key|"
              + "no key|no authorization|must provide|must be provided|absent|without)");

  private static final Pattern WRONG =
      Pattern.compile("(?is)(invalid|incorrect|wrong|unknown|malformed|not valid|expired)");

  private static final Pattern NO_CERTIFICATE =
      Pattern.compile(
          "(?is)(no required ssl certificate|ssl certificate error|mutual tls|\\bmtls\\b"
              + "|client[- ]certificate (is |was )?(required|missing|needed|invalid|not )"
              + "|(no|missing|without( a)?|requires? a|valid|present a|provide a) client[- ]certificate)");

  /** Streams hold their error near one of their ends; no more are looked into. */
  static final int FRAMES = 16;

  private static final Pattern MODEL =
      Pattern.compile("(?i)\\b((model|API deployment|adapter|lora)\\b|function ')");

  private Marks() {}

  /** The marks of that answer, whose body is this JSON, or a missing node. */
  static Set<Mark> of(Answer answer, JsonNode body, String said) {
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    String text = answer.text();
    int status = answer.status();
    add(marks, Mark.MODEL_LIST, answer.successful() && isList(body));
    add(marks, Mark.NO_MODELS, marks.contains(Mark.MODEL_LIST) && body.path("data").isEmpty());
    boolean failed = status >= 400;
    boolean login = Voice.asksForLogin(answer.headers().first("WWW-Authenticate"));
    add(marks, Mark.API_ERROR, failed && !login && Voice.isError(body));
    add(marks, Mark.CONTROL_PLANE_ERROR, failed && Voice.isGrpc(body));
    add(marks, Mark.FRAMEWORK_404, status == 404 && isFrameworks(body.path("detail")));
    add(marks, Mark.DEFAULT_404, status == 404 && matches(DEFAULT_PAGE, text));
    add(marks, Mark.PORTAL, status == 511);
    add(
        marks,
        Mark.CHALLENGED,
        Voice.CHALLENGES.stream().anyMatch(n -> answer.headers().first(n).isPresent()));
    add(marks, Mark.PROXY, status == 407 || proxy(answer.headers()));
    add(marks, Mark.PLAIN_HTTP_TO_TLS, status == 400 && matches(PLAIN_TO_TLS, text));
    boolean nobody =
        (status >= 502 && matches(NO_UPSTREAM, text))
            || (status >= 502 && answer.headers().first(Voice.MESH_ERROR).isPresent())
            || (failed && matches(NO_DEPLOYMENT, text));
    add(marks, Mark.NONE_LEFT, isNoneLeft(answer.headers()));
    // Envoy says so of too many requests for a server that is there.
    boolean overflow = text.contains("reset reason: overflow");
    add(marks, Mark.NO_UPSTREAM, nobody && !overflow && !marks.contains(Mark.NONE_LEFT));
    add(marks, Mark.GATEWAY_500, status == 500 && matches(GATEWAY_PAGE, text));
    Optional<Envelope> envelope = answer.successful() ? Envelope.ofError(body) : Optional.empty();
    boolean hidden = answer.successful() && (hidesError(answer, body) || envelope.isPresent());
    boolean unpaid = status != 401 && BILLING.matcher(said).find();
    // A good part of a stream may speak of anything.
    boolean spent = unpaid || SPENT.matcher(said).find() || matches(QUOTA, failed ? text : said);
    add(marks, Mark.QUOTA, status == 402 || ((failed || hidden) && spent));
    add(marks, Mark.OTHER_PROVIDER, hasHeader(answer.headers(), PROVIDER_HEADER));
    add(marks, Mark.VLLM, vllm(answer, body));
    add(marks, Mark.KUBERNETES, kubernetes(answer, body));
    add(marks, Mark.HIDDEN_ERROR, hidden);
    add(marks, Mark.UNKNOWN_PATH, hidden && UNKNOWN_PATH.matcher(said).find());
    String words = said + param(body);
    boolean refused = failed || hidden;
    add(marks, Mark.ABOUT_USER, refused && USER.matcher(words).find());
    add(marks, Mark.ABOUT_MODEL, refused && MODEL.matcher(words).find());
    boolean busy = status >= 500 && BUSY.matcher(words).find();
    boolean full = status == 429 && FULL.matcher(words).find();
    add(marks, Mark.BUSY, status == OVERLOADED || busy || full);
    add(marks, Mark.LIMITED, status >= 500 && LIMITED.matcher(words).find());
    add(marks, Mark.ABOUT_BODY, refused && BODY.matcher(words).find());
    boolean unauthorized = envelope.filter(Envelope::isUnauthorized).isPresent();
    add(marks, Mark.ABOUT_KEY, unauthorized || (refused && KEY.matcher(words).find()));
    boolean missing = refused && MISSING.matcher(words).find();
    boolean wrong = WRONG.matcher(words).find();
    add(marks, Mark.MISSING, missing && !wrong);
    add(marks, Mark.MISSING_OR_WRONG, missing && wrong);
    add(marks, Mark.NO_CERTIFICATE, failed && matches(NO_CERTIFICATE, text));
    return marks;
  }

  /** What applications have not found they call by its name. */
  private static boolean isFrameworks(JsonNode detail) {
    return FRAMEWORK_404.matcher(detail.asText("")).matches();
  }

  /** Ollama says null where it has no model. */
  static boolean isList(JsonNode body) {
    JsonNode data = body.path("data");
    return data.isArray() || (data.isNull() && body.path("object").asText().equals("list"));
  }

  private static boolean hidesError(Answer answer, JsonNode body) {
    return isSet(body)
        || answer.frames().stream()
            .map(f -> f.event().data())
            .filter(data -> data.contains("\"error\""))
            .limit(FRAMES)
            .anyMatch(data -> isSet(JsonText.read(data)));
  }

  /** Good answers of /v1/responses have an error that is null. */
  static boolean isSet(JsonNode body) {
    JsonNode error = body.path("error");
    boolean object = error.isObject() && !error.isEmpty();
    boolean flat = body.path("object").asText().equals("error");
    return flat || object || (error.isTextual() && !error.asText().isBlank());
  }

  private static String param(JsonNode body) {
    return " " + body.at("/error/param").asText("");
  }

  private static boolean vllm(Answer answer, JsonNode body) {
    boolean server =
        answer.headers().first("Server").filter(s -> s.equalsIgnoreCase("uvicorn")).isPresent();
    return server
        || (answer.successful()
            && body.at("/data/0/owned_by").asText().toLowerCase(Locale.ROOT).startsWith("vllm"));
  }

  /** Of services behind it, it says with 5xx that they are not there. */
  private static boolean kubernetes(Answer answer, JsonNode body) {
    boolean version = answer.successful() && body.has("gitVersion") && body.has("major");
    boolean refusal = answer.status() >= 400 && answer.status() < 500;
    return version
        || (refusal && body.path("kind").asText().equals("Status") && body.has("apiVersion"));
  }

  private static boolean proxy(Headers headers) {
    return PROXY_HEADERS.stream().anyMatch(name -> headers.first(name).isPresent())
        || headers.first("Server").filter(s -> PROXY_SERVER.matcher(s).find()).isPresent();
  }

  /** APISIX says so with 503; see https://apisix.apache.org/docs/apisix/plugins/limit-count/. */
  private static boolean isNoneLeft(Headers headers) {
    return headers.fields().stream()
        .anyMatch(f -> REMAINING.matcher(f.name()).matches() && f.value().strip().equals("0"));
  }

  private static boolean hasHeader(Headers headers, Pattern name) {
    return headers.fields().stream().anyMatch(f -> name.matcher(f.name()).matches());
  }

  /** Pages of megabytes say who they are in their first lines. */
  private static boolean matches(Pattern pattern, String text) {
    return pattern.matcher(text.substring(0, Math.min(text.length(), 2000))).find();
  }

  static void add(Set<Mark> marks, Mark mark, boolean holds) {
    if (holds) {
      marks.add(mark);
    }
  }
}
