package dev.meshcheck.suites.check;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Headers;
import dev.meshcheck.fixtures.exchange.Request;
import dev.meshcheck.reports.outcome.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What an error body may look like, and what it must never tell. */
public final class ErrorBodies {

  /** What tells outsiders about the inside, by what it is. */
  private static final Map<String, Pattern> INTERNALS =
      ordered(
          Map.entry(
              "a stack trace",
              Pattern.compile(
                  "Traceback \\(most recent|\\bat [\\w.$]+\\([\\w]+\\.java:\\d+\\)"
                      + "|File \"[^\"]+\", line \\d+|goroutine \\d+ \\[")),
          Map.entry(
              "a file path",
              Pattern.compile(
                  "(?<![\\w:/.])/(home|usr|opt|root|app|workspace|var|srv|etc|mnt)/[\\w.-]+/[\\w./-]+")),
          Map.entry("a memory address", Pattern.compile("\\b0x[0-9a-fA-F]{8,16}\\b")),
          Map.entry(
              "an internal address",
              Pattern.compile(
                  "\\blocalhost:\\d+\\b|\\b(127\\.\\d{1,3}|10\\.\\d{1,3}|192\\.168|172\\.(1[6-9]|2\\d|3[01]))\\.\\d{1,3}\\.\\d{1,3}\\b"
                      + "|\\b[\\w-]+\\.svc(\\.cluster\\.local)?\\b")),
          Map.entry(
              "a pod name", Pattern.compile("\\b[a-z][a-z0-9-]+-[a-f0-9]{8,10}-[a-z0-9]{5}\\b")));

  /** A shorter piece of a key may stand in a text by chance. */
  private static final int TELLING_PIECE = 9;

  private ErrorBodies() {}

  /** In this order, so that the same body is always told the same way. */
  @SafeVarargs
  private static Map<String, Pattern> ordered(Map.Entry<String, Pattern>... entries) {
    Map<String, Pattern> map = new LinkedHashMap<>();
    for (Map.Entry<String, Pattern> entry : entries) {
      map.put(entry.getKey(), entry.getValue());
    }
    return map;
  }

  /** Fails where a web page came. */
  public static void mustBeNoPage(Answered answered) {
    String body = answered.body().stripLeading().toLowerCase(Locale.ROOT);
    Expect.that(
        Reason.HTML_INSTEAD_OF_JSON,
        !body.startsWith("<") && !answered.answer().mediaType().equals("text/html"),
        answered.what() + " is refused with a web page",
        "JSON, a line of text or nothing",
        answered.described());
  }

  /** Fails where the secret, or its telling end, stands in a header or in the body. */
  public static void mustNotEcho(Answered answered, String secret) {
    Answer answer = answered.answer();
    String tail = secret.substring(secret.length() - TELLING_PIECE);
    StringBuilder all = new StringBuilder(answered.body());
    for (Headers.Field field : answer.headers().fields()) {
      all.append('\n').append(field.value());
    }
    Expect.that(
        Reason.SECRET_LEAKED,
        all.indexOf(tail) < 0,
        answered.what() + " sends the submitted key back",
        "an answer without the key",
        "the key stands in the answer with status " + answer.status());
  }

  /** Fails where the body tells of the inside; what the client itself sent is known to it. */
  public static void mustTellNothingOfTheInside(Answered answered) {
    // As people read it: within JSON, a letter stands before what follows a line break.
    String body = answered.body().replaceAll("\\\\[nrt]", "\n").replace("\\\"", "\"");
    Request request = answered.exchange().request();
    String sent = request.uri() + " " + request.body().orElse("");
    INTERNALS.forEach(
        (what, pattern) ->
            pattern
                .matcher(body)
                .results()
                .map(MatchResult::group)
                .filter(told -> !sent.contains(told))
                .findFirst()
                .ifPresent(
                    told -> {
                      throw new Failure(
                          Reason.INTERNALS_LEAKED,
                          answered.what() + " tells outsiders " + what,
                          "an error without " + what,
                          told);
                    }));
  }

  /** What an error body says to people, wherever it says it; empty where it says nothing. */
  public static String message(Answered answered) {
    Json json = answered.json();
    return List.of("/error/message", "/error", "/message", "/detail").stream()
        .map(pointer -> json.at(pointer).node())
        .filter(node -> node.isTextual() || node.isArray())
        .map(node -> node.isTextual() ? node.textValue() : node.toString())
        .findFirst()
        .orElse("");
  }

  /** The dialect of an error body, as the contract's notes number them. */
  public static String dialect(Answered answered) {
    String body = answered.body().strip();
    if (body.isEmpty()) {
      return "empty";
    }
    if (!body.startsWith("{")) {
      return body.startsWith("<") ? "html" : "text";
    }
    Json json = answered.json();
    if (json.at("/error").node().isObject()) {
      return json.at("/error/code").node().isIntegralNumber()
          ? "error object, code"
          : "error object";
    }
    if (json.at("/error").present()) {
      return "error text";
    }
    if (json.at("/detail").present()) {
      return "detail";
    }
    if (json.at("/message").present()) {
      return json.at("/object").present() ? "flat error object" : "code and message";
    }
    return "unknown object";
  }
}
