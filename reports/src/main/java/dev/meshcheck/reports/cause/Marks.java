package dev.meshcheck.reports.cause;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Headers;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the marks of an answer. */
final class Marks {

  private static final Pattern PROXY_SERVER =
      Pattern.compile("(?i).*(squid|zscaler|bluecoat|mcafee|fortigate|forcepoint|ironport).*");

  private static final List<String> PROXY_HEADERS =
      List.of("x-squid-error", "x-bluecoat-via", "x-zscaler-transaction-id", "proxy-authenticate");

  private static final Pattern PROVIDER_HEADER =
      Pattern.compile("(?i)(openai|x-groq|anthropic|x-goog|x-ms-azureml|x-fireworks)-.*");

  private static final Pattern DEFAULT_PAGE =
      Pattern.compile(
          "(?is).*(default backend - 404|^404 page not found\\s*$|<center>(nginx|openresty)|"
              + "<title>404 not found</title>|no service was found for this host).*");

  private static final Pattern NO_UPSTREAM =
      Pattern.compile(
          "(?is).*(no healthy upstream|upstream connect error|no server is available|"
              + "<center>(nginx|openresty)).*");

  private static final Pattern PLAIN_TO_TLS =
      Pattern.compile(
          "(?is).*(plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS).*");

  private static final Pattern QUOTA =
      Pattern.compile(
          "(?is).*(insufficient_quota|exceeded your current quota|credit_balance|"
              + "insufficient (balance|credit|funds)|quota (is )?(exceeded|exhausted)|out of credit).*");

  private static final Pattern USER =
      Pattern.compile("(?is).*(x-user-id|user[ _-]?id|this user).*");

  private static final Pattern MODEL = Pattern.compile("(?is).*\\bmodel\\b.*");

  private Marks() {}

  /** The marks of that answer, whose body is this JSON, or a missing node. */
  static Set<Mark> of(Answer answer, JsonNode body, String said) {
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    String text = answer.text();
    int status = answer.status();
    add(marks, Mark.MODEL_LIST, answer.successful() && body.path("data").isArray());
    add(marks, Mark.NO_MODELS, marks.contains(Mark.MODEL_LIST) && body.path("data").isEmpty());
    boolean failed = status >= 400;
    add(marks, Mark.API_ERROR, failed && (!body.path("error").isMissingNode() || flat(body)));
    add(marks, Mark.CONTROL_PLANE_ERROR, failed && grpc(body));
    add(marks, Mark.FRAMEWORK_404, status == 404 && body.path("detail").isTextual());
    add(marks, Mark.DEFAULT_404, status == 404 && matches(DEFAULT_PAGE, text));
    add(marks, Mark.PORTAL, status == 511);
    add(marks, Mark.PROXY, status == 407 || proxy(answer.headers()));
    add(marks, Mark.PLAIN_HTTP_TO_TLS, status == 400 && matches(PLAIN_TO_TLS, text));
    add(marks, Mark.NO_UPSTREAM, status >= 502 && matches(NO_UPSTREAM, text));
    add(marks, Mark.QUOTA, status == 402 || (failed && matches(QUOTA, text)));
    add(marks, Mark.OTHER_PROVIDER, hasHeader(answer.headers(), PROVIDER_HEADER));
    add(marks, Mark.VLLM, vllm(answer, body));
    add(marks, Mark.ABOUT_USER, failed && USER.matcher(said + param(body)).matches());
    add(marks, Mark.ABOUT_MODEL, failed && MODEL.matcher(said + param(body)).matches());
    return marks;
  }

  private static boolean grpc(JsonNode body) {
    return body.path("code").isInt()
        && body.path("message").isTextual()
        && !body.has("error")
        && !body.has("object");
  }

  private static boolean flat(JsonNode body) {
    return body.path("object").asText().equals("error");
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

  private static boolean proxy(Headers headers) {
    return PROXY_HEADERS.stream().anyMatch(name -> headers.first(name).isPresent())
        || headers.first("Server").filter(s -> PROXY_SERVER.matcher(s).matches()).isPresent();
  }

  private static boolean hasHeader(Headers headers, Pattern name) {
    return headers.fields().stream().anyMatch(f -> name.matcher(f.name()).matches());
  }

  /** Pages of megabytes say who they are in their first lines. */
  private static boolean matches(Pattern pattern, String text) {
    return pattern.matcher(text.substring(0, Math.min(text.length(), 2000))).matches();
  }

  private static void add(Set<Mark> marks, Mark mark, boolean holds) {
    if (holds) {
      marks.add(mark);
    }
  }
}
