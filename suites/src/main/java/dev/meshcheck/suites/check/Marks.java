package dev.meshcheck.suites.check;

import dev.meshcheck.reports.outcome.Reason;
import java.util.List;

/** Marks of chat templates and of tool calls, which parsers have to take out of the text. */
public final class Marks {

  /** Special tokens that frame turns: no text of an answer has a reason to hold them. */
  private static final List<String> OF_TURNS =
      List.of(
          "<|im_start|>",
          "<|im_end|>",
          "<|eot_id|>",
          "<|start_header_id|>",
          "<|endoftext|>",
          "<|end_of_text|>",
          "<end_of_turn>",
          "<|channel|>",
          "<|message|>",
          "<|start|>",
          "<|return|>");

  /**
   * What models write before and behind a call, by Hermes, Llama, Mistral, Kimi, DeepSeek, gpt-oss.
   */
  private static final List<String> OF_CALLS =
      List.of(
          "<tool_call>",
          "</tool_call>",
          "<|python_tag|>",
          "[TOOL_CALLS]",
          "<function=",
          "<|tool_call",
          "<\uFF5Ctool",
          "<|call|>",
          "<think>",
          "</think>");

  private Marks() {}

  /** Fails where a text holds what frames turns. */
  public static void mustNotFrame(String what, String text) {
    mustNotHold(OF_TURNS, what, text);
  }

  /** Fails where the text beside a call holds what frames turns, calls or thoughts. */
  public static void mustNotStandBesideACall(String what, String text) {
    mustNotHold(OF_TURNS, what, text);
    mustNotHold(OF_CALLS, what, text);
  }

  private static void mustNotHold(List<String> marks, String what, String text) {
    marks.stream()
        .filter(text::contains)
        .findFirst()
        .ifPresent(
            mark -> {
              throw new Failure(
                  Reason.WRONG_VALUE,
                  what + " holds the mark " + mark,
                  "a text without marks of the template or the parser",
                  text);
            });
  }
}
