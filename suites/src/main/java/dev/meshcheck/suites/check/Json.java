package dev.meshcheck.suites.check;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.meshcheck.fixtures.exchange.JsonLimits;
import dev.meshcheck.fixtures.exchange.JsonText;
import dev.meshcheck.reports.outcome.Quotation;
import dev.meshcheck.reports.outcome.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A place in a JSON document that knows its own name, so that what is missing or of the wrong type
 * is said by where it was looked for.
 */
public final class Json {

  /** For what checks build; what a host sent is read by {@link JsonText#whole}. */
  static final ObjectMapper MAPPER = JsonLimits.mapper().build();

  /** What stands in messages for a value that is nobody else's business. */
  static final String PRIVATE = "‹private›";

  private final String document;
  private final String pointer;
  private final JsonNode node;
  private final boolean hidden;
  private final Runnable lookedAt;

  private Json(String document, String pointer, JsonNode node, boolean hidden, Runnable lookedAt) {
    this.document = document;
    this.pointer = pointer;
    this.node = node;
    this.hidden = hidden;
    this.lookedAt = lookedAt;
  }

  /**
   * Parses a document.
   *
   * @param what what is parsed, for messages, such as {@code the body}
   * @throws Failure when it is no JSON, or more than one document
   */
  public static Json parse(String what, String text) {
    return parse(what, text, false, () -> {});
  }

  /**
   * Parses a document of an exchange.
   *
   * @param hidden whether no message may quote its values, because they are personal
   * @param lookedAt is told whenever something of the document is read
   */
  static Json parse(String what, String text, boolean hidden, Runnable lookedAt) {
    try {
      JsonNode node = JsonText.whole(text);
      if (!(node instanceof MissingNode)) {
        return new Json(what, "", node, hidden, lookedAt);
      }
      throw new Failure(Reason.NOT_JSON, what + " is empty", "a JSON document", "nothing");
    } catch (UncheckedIOException e) {
      throw unreadable(what, hidden ? PRIVATE : Quotation.of(text), hidden, e.getCause());
    }
  }

  private static Failure unreadable(String what, String told, boolean hidden, IOException why) {
    if (why instanceof StreamConstraintsException) {
      return new Failure(
          Reason.BODY_TOO_LARGE,
          what + " is JSON beyond every limit: too deep, too many values, or too long a name",
          "a JSON document of at most 200 levels and 100,000 values",
          told);
    }
    return new Failure(
        Reason.NOT_JSON,
        what + " is not valid JSON" + (hidden ? "" : ": " + firstLine(why)),
        "a JSON document",
        told);
  }

  private static String firstLine(IOException why) {
    if (why instanceof MismatchedInputException) {
      return "something follows behind the end of the document";
    }
    String message =
        why instanceof JsonProcessingException json ? json.getOriginalMessage() : why.getMessage();
    // What a program could switch on is no business of who reads this.
    return message
        .lines()
        .findFirst()
        .orElse("")
        .replaceAll(": enable `\\w+\\.\\w+` to allow$", "");
  }

  /** The place below this one, by JSON Pointer; it may be missing. */
  public Json at(String below) {
    return new Json(
        document, pointer + below, node().at(JsonPointer.compile(below)), hidden, lookedAt);
  }

  /** Whether there is something here other than null. */
  public boolean present() {
    return !node().isMissingNode() && !node.isNull();
  }

  /** The whole number here. */
  public long integer() {
    if (!node().isIntegralNumber() || !node.canConvertToLong()) {
      throw wrongType("an integer");
    }
    return node.longValue();
  }

  /** The number here. */
  public double number() {
    if (!node().isNumber()) {
      throw wrongType("a number");
    }
    return node.doubleValue();
  }

  /** The text here. */
  public String text() {
    if (!node().isTextual()) {
      throw wrongType("a string");
    }
    return node.textValue();
  }

  /** The text here, or empty where it is missing or null. */
  public Optional<String> optionalText() {
    return present() ? Optional.of(text()) : Optional.empty();
  }

  /** The whole number here, or empty where it is missing or null. */
  public Optional<Long> optionalInteger() {
    return present() ? Optional.of(integer()) : Optional.empty();
  }

  /** The elements of the array here. */
  public List<Json> items() {
    if (!node().isArray()) {
      throw wrongType("an array");
    }
    return IntStream.range(0, node.size()).mapToObj(i -> at("/" + i)).toList();
  }

  /** The elements of the array here; none where it is missing or null. */
  public List<Json> optionalItems() {
    return present() ? items() : List.of();
  }

  /** This place, where it holds an object. */
  public Json object() {
    if (!node().isObject()) {
      throw wrongType("an object");
    }
    return this;
  }

  /** The tree here. */
  public JsonNode node() {
    lookedAt.run();
    return node;
  }

  /**
   * The name of this place, for messages, such as {@code /id in the body of GET /v1/models}: put
   * behind the route it would read like another route.
   */
  public String place() {
    return pointer.isEmpty() ? document : pointer + " in " + document;
  }

  private Failure wrongType(String expected) {
    return new Failure(
        Reason.SCHEMA_MISMATCH,
        place() + (node().isMissingNode() ? " is missing" : " is not " + expected),
        expected + " at " + place(),
        toString());
  }

  @Override
  public String toString() {
    if (node().isMissingNode()) {
      return "nothing";
    }
    return hidden ? PRIVATE : Quotation.of(node.toString());
  }
}
