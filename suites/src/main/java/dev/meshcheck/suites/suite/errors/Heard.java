package dev.meshcheck.suites.suite.errors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.exchange.Frame;
import dev.meshcheck.fixtures.exchange.JsonText;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Marks;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the one choice of a chat answer says, whole or streamed, for those who do not judge its
 * form.
 *
 * @param content its text
 * @param more whether it has anything else, such as a thought
 * @param calls whether it calls a tool
 * @param finished whether it says why it ended
 * @param stopped whether it ends by itself, with finish_reason stop
 */
record Heard(String content, boolean more, boolean calls, boolean finished, boolean stopped) {

  private static final Pattern NOTHING = Pattern.compile("(?:\\s|</?think>)*+");

  /** No word has one letter so often. */
  private static final int OVER_AND_OVER = 8;

  private static final List<String> OTHERS = List.of("reasoning", "reasoning_content", "refusal");

  static Heard of(Answered one) {
    if (!one.exchange().request().streamed()) {
      return of(JsonText.read(one.body()).path("choices").path(0), "message");
    }
    Heard all = new Heard("", false, false, false, false);
    for (Frame frame : one.answer().frames()) {
      JsonNode chunk = JsonText.read(frame.event().data());
      Heard next = of(chunk.path("choices").path(0), "delta");
      all =
          new Heard(
              all.content + next.content,
              all.more || next.more || chunk.has("error"),
              all.calls || next.calls,
              all.finished || next.finished,
              all.stopped || next.stopped);
    }
    return all;
  }

  private static Heard of(JsonNode choice, String where) {
    JsonNode message = choice.path(where);
    return new Heard(
        message.path("content").asText(""),
        hasMore(message, where),
        !message.path("tool_calls").isEmpty() || message.hasNonNull("function_call"),
        choice.hasNonNull("finish_reason"),
        choice.path("finish_reason").asText().equals("stop"));
  }

  /** What is no message at all, or one of parts, is no empty text. */
  private static boolean hasMore(JsonNode message, String where) {
    return !message.path("content").isEmpty()
        || (where.equals("message") && !message.isObject())
        || OTHERS.stream()
            .map(message::path)
            .anyMatch(part -> !part.isNull() && !(part.asText().isEmpty() && part.isEmpty()));
  }

  /** Whether it has no word: nothing at all, white space, or a mark of a thought without one. */
  boolean isNothing() {
    return stopped && NOTHING.matcher(content).matches() && !more && !calls;
  }

  /** Whether something was said, and nothing of why it ended. */
  boolean isUnfinished() {
    return !finished && (calls || more || !content.isEmpty());
  }

  /** Whether one character is said over and over, and nothing else. */
  boolean isGarbage() {
    String said = content.strip();
    return !calls
        && said.codePointCount(0, said.length()) >= OVER_AND_OVER
        && said.codePoints().distinct().count() == 1;
  }

  /** Whether a call stands in the text, in one of the forms in which models write it. */
  boolean isCallInText() {
    return stopped && !calls && (Marks.holdsACall(content) || isNamedCall());
  }

  private boolean isNamedCall() {
    JsonNode text = content.strip().startsWith("{") ? JsonText.read(content) : JsonText.read("0");
    return text.path("name").isTextual()
        && Stream.of("arguments", "parameters").anyMatch(name -> text.path(name).isObject());
  }
}
