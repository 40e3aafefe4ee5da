package dev.meshcheck.reports.cause;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.JsonText;
import java.util.List;
import java.util.Optional;

/**
 * What a model said in a chat or a completion, streamed or whole.
 *
 * @param text of all choices, thoughts included; calls of tools count as text
 * @param stopped whether no limit ended it, by its {@code finish_reason}
 * @param misnamed whether a message or a delta calls its text as completions do
 */
record AnswerText(String text, boolean stopped, boolean misnamed) {

  /** Shorter ones may well be what was asked for. */
  private static final int LEAST = 12;

  /** By itself, by a filter that lets nothing of it through, or by an engine that gave it up. */
  private static final List<String> ENDS = List.of("stop", "content_filter", "abort", "error");

  /** What stands for bytes that are no text; a limit may cut one character in two. */
  private static final char NO_CHARACTER = '\uFFFD';

  private static final int LEAST_BROKEN = 4;

  private static final List<String> MEMBERS =
      List.of("content", "reasoning_content", "reasoning", "refusal", "tool_calls");

  /** Where completions have their text, and chats nothing. */
  private static final String OF_COMPLETIONS = "text";

  /** The text of that chat or completion, where it came to its end. */
  static Optional<AnswerText> of(Answer answer, JsonNode body) {
    if (answer.ending() != Answer.Ending.COMPLETE) {
      return Optional.empty();
    }
    List<JsonNode> parts =
        answer.frames().isEmpty()
            ? List.of(body)
            : answer.frames().stream().map(f -> JsonText.read(f.event().data())).toList();
    StringBuilder text = new StringBuilder();
    boolean stopped = false;
    boolean misnamed = false;
    for (JsonNode part : parts) {
      for (JsonNode choice : part.path("choices")) {
        add(text, choice.path(OF_COMPLETIONS));
        List<JsonNode> spots = List.of(choice.path("message"), choice.path("delta"));
        spots.forEach(spot -> MEMBERS.forEach(name -> add(text, spot.path(name))));
        misnamed |= spots.stream().anyMatch(s -> !s.path(OF_COMPLETIONS).asText("").isEmpty());
        stopped |= ENDS.contains(choice.path("finish_reason").asText(""));
      }
    }
    return Optional.of(new AnswerText(text.toString(), stopped, misnamed));
  }

  /** Whether clients see none of the text, since it is where they do not look. */
  boolean isHidden() {
    return misnamed && text.isEmpty();
  }

  private static void add(StringBuilder text, JsonNode said) {
    boolean empty =
        said.isNull() || said.isMissingNode() || (said.isContainerNode() && said.isEmpty());
    text.append(empty ? "" : said.isTextual() ? said.asText() : said.toString());
  }

  /** Whether the model ended before it had said anything. */
  boolean isNothing() {
    return stopped && text.isEmpty();
  }

  /** Whether it is one character over and over, as where a model computes with no numbers (NaN). */
  boolean isOneCharacter() {
    String said = text.replaceAll("\\s", "");
    return said.length() >= LEAST && said.chars().distinct().count() == 1;
  }

  /** Whether much of it is no text at all, as where a tokenizer is not the model's. */
  boolean isBroken() {
    long broken = text.chars().filter(c -> c == NO_CHARACTER).count();
    return broken >= LEAST_BROKEN && broken * 3 >= text.length();
  }

  /** The first characters, for people. */
  String beginning() {
    return "\"" + text.substring(0, Math.min(text.length(), LEAST)) + "…\"";
  }
}
