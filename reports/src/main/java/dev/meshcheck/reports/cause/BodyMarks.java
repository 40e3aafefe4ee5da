package dev.meshcheck.reports.cause;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.JsonText;
import dev.meshcheck.fixtures.surface.RouteName;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the marks of a success: whether its body is one that the route has. */
final class BodyMarks {

  /** JSON begins with a brace, which is e in Base64. */
  private static final Pattern BASE64 = Pattern.compile("e[A-Za-z0-9+/\\r\\n]{7,}+={0,2}+");

  /** Bytes; who says nothing says it for minutes, and not more. */
  private static final int LONGEST_SILENCE = 100_000;

  /** Characters before the JSON: a byte order mark, a callback, a script of somebody's. */
  private static final int LONGEST_WRAPPING = 500;

  private BodyMarks() {}

  /** What a success tells of its own body, on that route. */
  static Set<Mark> of(Answer answer, JsonNode body, RouteName route, boolean streamed) {
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    if (!answer.successful() || answer.ending() == Answer.Ending.HUNG_UP) {
      return marks;
    }
    boolean empty = isSilent(answer);
    boolean unreadable =
        answer.ending() == Answer.Ending.MALFORMED || (!empty && NoText.is(answer.body()));
    Marks.add(marks, Mark.UNREADABLE, unreadable);
    boolean ended = answer.ending() == Answer.Ending.COMPLETE && !streamed && !empty && !unreadable;
    boolean early = ended && body.isMissingNode() && JsonText.stopsEarly(answer.text());
    Marks.add(marks, Mark.STOPS_EARLY, early);
    boolean cut = early || (!streamed && !empty && answer.ending() == Answer.Ending.CUT);
    Marks.add(marks, Mark.CUT, cut);
    boolean late =
        answer.ending() == Answer.Ending.TIMED_OUT || answer.ending() == Answer.Ending.IDLE;
    Marks.add(marks, Mark.UNENDED, late);
    boolean nothing = empty && !unreadable && !late;
    Marks.add(marks, Mark.NO_BODY, nothing && route != RouteName.HEALTH);
    boolean misfit = ended && !early && answer.frames().isEmpty() && !fits(body, route);
    // That an answer comes whole where a stream was asked for is told as that.
    boolean whatWasAsked = !streamed || !answer.frames().isEmpty();
    Marks.add(marks, Mark.NO_CHOICES, whatWasAsked && hasNoChoices(answer, body, route));
    Marks.add(marks, Mark.MISFIT, misfit);
    Marks.add(marks, Mark.UNSEPARATED, streamed && isUnseparated(answer));
    Optional<AnswerText> text = isSpoken(route) ? AnswerText.of(answer, body) : Optional.empty();
    Marks.add(marks, Mark.HIDDEN_TEXT, text.filter(AnswerText::isHidden).isPresent());
    Marks.add(marks, Mark.NO_TEXT, text.filter(AnswerText::isNothing).isPresent());
    Predicate<AnswerText> nonsense = t -> t.isOneCharacter() || t.isBroken();
    Marks.add(marks, Mark.NONSENSE, text.filter(nonsense).isPresent());
    boolean encoded = misfit && isAnswer(decoded(answer.text().strip()), route);
    boolean held = misfit && inside(answer, body).anyMatch(one -> isAnswer(one, route));
    String start = answer.text().stripLeading();
    boolean meant =
        answer.mediaType().endsWith("json") && (start.startsWith("{") || start.startsWith("["));
    boolean wrapped = streamed && hasWrappedEvents(answer);
    boolean whole = misfit && meant && body.isMissingNode() && !encoded && !held;
    boolean event = streamed && !wrapped && brokenEvent(answer).isPresent();
    Marks.add(marks, Mark.BROKEN_JSON, whole || event);
    Marks.add(marks, Mark.BASE64, encoded);
    Marks.add(marks, Mark.WRAPPED, encoded || held || wrapped);
    return marks;
  }

  /** Nothing, or blank lines and comments, which keep a connection open and are no answer. */
  private static boolean isSilent(Answer answer) {
    return answer.frames().isEmpty()
        && answer.body().length <= LONGEST_SILENCE
        && answer.text().lines().allMatch(line -> line.isBlank() || line.startsWith(":"));
  }

  /** Several lines of data that are no events; one alone may be an event that was cut. */
  private static boolean isUnseparated(Answer answer) {
    return answer.frames().isEmpty()
        && answer.text().lines().filter(line -> line.startsWith("data:")).limit(2).count() > 1;
  }

  /** What stands in that body, with something around it. */
  private static Stream<JsonNode> inside(Answer answer, JsonNode body) {
    // Some gateways hand on what a function gave them as it is, or have an envelope of their own.
    return body.isMissingNode()
        ? Stream.of(core(answer.text()))
        : StreamSupport.stream(body.spliterator(), false)
            .map(member -> member.isTextual() ? JsonText.read(member.asText()) : member);
  }

  private static boolean isAnswer(JsonNode inside, RouteName route) {
    return inside.isObject() && (fits(inside, route) || Voice.isError(inside));
  }

  private static JsonNode decoded(String text) {
    return BASE64.matcher(text).matches()
        ? JsonText.read(new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8))
        : MissingNode.getInstance();
  }

  /** No event is JSON, and each would be, were it not for something around it. */
  private static boolean hasWrappedEvents(Answer answer) {
    List<String> events =
        answer.frames().stream()
            .map(f -> f.event().data())
            .filter(data -> data.contains("{"))
            .limit(Marks.FRAMES)
            .toList();
    return !events.isEmpty()
        && events.stream()
            .allMatch(
                data -> {
                  JsonNode read = JsonText.read(data);
                  return (read.isMissingNode() && core(data).isObject())
                      || (read.isTextual() && JsonText.read(read.asText()).isObject());
                });
  }

  /** The first event that is meant for JSON, and is none; the last may be cut off. */
  static Optional<String> brokenEvent(Answer answer) {
    List<String> events = answer.frames().stream().map(f -> f.event().data()).toList();
    boolean whole = answer.ending() == Answer.Ending.COMPLETE;
    return events.stream()
        .limit(whole ? events.size() : Math.max(0, events.size() - 1L))
        .filter(data -> data.startsWith("{") && JsonText.read(data).isMissingNode())
        .findFirst();
  }

  /** What would be JSON, were it not for something around it. */
  private static JsonNode core(String text) {
    int from = text.indexOf('{');
    int to = text.lastIndexOf('}');
    // What ends where it began has nothing around it, and is no JSON for its bytes.
    boolean around = to + 1 - from < text.strip().length();
    return around && from >= 0 && from <= LONGEST_WRAPPING && from < to
        ? JsonText.read(text.substring(from, to + 1))
        : MissingNode.getInstance();
  }

  /** A success has at least one of the members that the route's answers have. */
  private static boolean fits(JsonNode body, RouteName route) {
    return switch (route) {
      // Some list their models without an envelope.
      case MODELS -> body.isArray() || Marks.isList(body) || body.has("models");
      case CHAT, COMPLETIONS -> body.path("choices").isArray() || body.path("choices").isNull();
      case RESPONSES -> body.has("output") || body.path("object").asText().equals("response");
      case TOKENIZE -> body.has("tokens") || body.has("count");
      case DETOKENIZE -> body.has("prompt") || body.has("text");
      case VERSION, PROFILE -> body.isObject();
      // Some say OK in plain text.
      case HEALTH -> true;
    };
  }

  private static boolean isSpoken(RouteName route) {
    return route == RouteName.CHAT || route == RouteName.COMPLETIONS;
  }

  /** In a stream, chunks without a choice tell of the prompt or of usage, beside others. */
  private static boolean hasNoChoices(Answer answer, JsonNode body, RouteName route) {
    if (!isSpoken(route)) {
      return false;
    }
    List<JsonNode> chunks =
        answer.frames().stream()
            .map(f -> f.event().data())
            .filter(data -> data.startsWith("{"))
            .map(JsonText::read)
            .toList();
    boolean ended = answer.ending() == Answer.Ending.COMPLETE;
    return ended
        && (answer.frames().isEmpty()
            ? isWithoutChoice(body)
            : !chunks.isEmpty() && chunks.stream().allMatch(BodyMarks::isWithoutChoice));
  }

  private static boolean isWithoutChoice(JsonNode body) {
    return body.has("choices") && body.path("choices").isEmpty() && !Marks.isSet(body);
  }
}
