package dev.meshcheck.suites.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.exchange.Request;
import dev.meshcheck.reports.outcome.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What an error body may look like, and what it must never tell. */
public final class ErrorBodies {

  /** What models say and clients sent, and what an operator chose as a name. */
  private static final Set<String> MODEL_SAYS =
      Set.of(
          "content",
          "text",
          "reasoning",
          "reasoning_content",
          "refusal",
          "delta",
          "arguments",
          "prompt",
          "input",
          "instructions",
          "tools",
          "token_strs",
          "logprobs",
          "stop_reason",
          "model",
          "id",
          "root",
          "parent");

  /** A shorter piece of a key may stand in a text by chance. */
  private static final int TELLING_PIECE = 9;

  private ErrorBodies() {}

  /** Fails where a web page came. */
  public static void mustBeNoPage(Answered answered) {
    String body = answered.body().stripLeading().toLowerCase(Locale.ROOT);
    Expect.that(
        Reason.HTML_INSTEAD_OF_JSON,
        body.isEmpty()
            || (!body.startsWith("<") && !answered.answer().mediaType().equals("text/html")),
        answered.what() + " is refused with a web page",
        "JSON, a line of text or nothing",
        answered.described());
  }

  /** Fails where the secret, or its telling end, stands in a header or in the body, in any form. */
  public static void mustNotEcho(Answered answered, String secret) {
    mustNotEcho(secret).accept(answered);
  }

  /** The same for many answers. */
  public static Consumer<Answered> mustNotEcho(String secret) {
    List<String> forms = formsOf(secret);
    return answered -> {
      String headers = headers(answered, name -> true);
      String body = answered.body();
      for (String form : forms) {
        Expect.that(
            Reason.SECRET_LEAKED,
            !headers.contains(form) && !body.contains(form),
            answered.what() + " sends the submitted key back",
            "an answer without the key, its telling end or its digest",
            "it stands in the answer with status " + answered.status());
      }
    };
  }

  /**
   * The end of a secret, the whole of it as encoders write it, and its digest: who has that can try
   * keys in peace, and some gateways keep keys by it.
   */
  private static List<String> formsOf(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    // What follows the key within the same encoding changes the last letters.
    String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    return List.of(
        secret.substring(secret.length() - TELLING_PIECE),
        base64.substring(0, base64.length() - 2),
        HexFormat.of().formatHex(bytes),
        HexFormat.of().formatHex(sha256(bytes)),
        HexFormat.of().withUpperCase().formatHex(sha256(bytes)));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Fails where headers or body tell of the inside; what the client itself sent is known to it. */
  public static void mustTellNothingOfTheInside(Answered answered) {
    mustNotTell(answered, FirstReading.ofTheInside());
  }

  /** Fails where headers or body tell a path of a file. */
  public static void mustTellNoPath(Answered answered) {
    mustNotTell(answered, FirstReading.ofPaths());
  }

  /** Fails where headers or body tell what that reading looks for. */
  public static void mustNotTell(Answered answered, FirstReading reading) {
    mustNotTell(answered, reading.in(asRead(answered), known(answered)));
  }

  /** Fails where a good answer tells of the inside, outside of what the model may say. */
  public static void mustTellNothingBesideTheText(Answered answered, FirstReading reading) {
    StringBuilder text = new StringBuilder(headers(answered, ErrorBodies::isTelling));
    for (JsonNode document : Documents.of(answered)) {
      Documents.texts(document, MODEL_SAYS::contains, piece -> text.append(piece).append('\n'));
    }
    mustNotTell(answered, reading.in(text.toString(), known(answered)));
  }

  private static void mustNotTell(Answered answered, Optional<Internals.Told> found) {
    found.ifPresent(
        told -> {
          throw new Failure(
              Reason.INTERNALS_LEAKED,
              answered.what() + " tells outsiders " + told.what(),
              "an answer without " + told.what(),
              answered.isPrivate() ? Json.PRIVATE : told.told());
        });
  }

  /** As people read it: within JSON, a letter stands before what follows a line break. */
  private static String asRead(Answered answered) {
    StringBuilder text = new StringBuilder(headers(answered, ErrorBodies::isTelling));
    List<JsonNode> documents = Documents.of(answered);
    if (documents.isEmpty()) {
      return text.append(answered.body()).toString();
    }
    documents.forEach(
        document ->
            Documents.texts(document, name -> false, piece -> text.append(piece).append('\n')));
    return text.toString();
  }

  private static String headers(Answered answered, Predicate<String> wanted) {
    return answered.answer().headers().fields().stream()
        .filter(field -> wanted.test(field.name().toLowerCase(Locale.ROOT)))
        .map(field -> field.value() + "\n")
        .collect(Collectors.joining());
  }

  /** Ids and tags are made of letters by chance. */
  private static boolean isTelling(String name) {
    return !name.endsWith("-id")
        && !name.contains("trace")
        && !List.of("etag", "cf-ray", "set-cookie", "nel", "report-to").contains(name);
  }

  private static Predicate<String> known(Answered answered) {
    Request request = answered.exchange().request();
    String sent = request.uri() + " " + request.body().orElse("");
    return sent::contains;
  }

  /** What an error body says to people, wherever it says it; empty where it says nothing. */
  public static String message(Answered answered) {
    Json json = answered.json();
    return List.of("/error/message", "/error", "/message", "/detail", "/0/error/message").stream()
        .map(pointer -> json.at(pointer).node())
        // Mistral's message is an object with the details.
        .filter(node -> node.isTextual() || node.isArray() || node.has("detail"))
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
      return body.startsWith("<") ? "html" : body.startsWith("[") ? "list" : "text";
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
