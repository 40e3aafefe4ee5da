package dev.meshcheck.suites.check;

import dev.meshcheck.reports.outcome.Reason;
import java.util.List;
import java.util.regex.Pattern;

/** Marks of chat templates and of tool calls, which parsers have to take out of the text. */
public final class Marks {

  private static final String THOUGHT = "<think>";
  private static final String END_OF_THOUGHT = "</think>";

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
          THOUGHT,
          END_OF_THOUGHT);

  /** How special tokens are written: {@code <|im_end|>}, {@code </s>}, {@code [EOS]}. */
  private static final Pattern SPECIAL =
      Pattern.compile("<[^<>]{1,60}>|\\[[A-Z_]{1,20}]|\\|\\w{1,60}\\|");

  private Marks() {}

  /**
   * The tokens of an answer that are its text: engines tell the one that ended it, too, of which
   * the text has nothing.
   */
  public static List<String> withoutTheEnd(List<String> tokens, String text) {
    int last = tokens.size() - 1;
    boolean ended =
        last > 0 && SPECIAL.matcher(tokens.get(last)).matches() && !text.endsWith(tokens.get(last));
    return ended ? tokens.subList(0, last) : tokens;
  }

  /** The same without a token that begins every prompt, which the text does not show either. */
  public static List<String> withoutTheFrame(List<String> tokens, String text) {
    List<String> ended = withoutTheEnd(tokens, text);
    return beginsOutside(ended, text) ? ended.subList(1, ended.size()) : ended;
  }

  /** Whether the first of several tokens is one that begins every prompt, and no text. */
  public static boolean beginsOutside(List<String> tokens, String text) {
    return tokens.size() > 1
        && SPECIAL.matcher(tokens.get(0)).matches()
        && !text.startsWith(tokens.get(0));
  }

  /** Fails where a text holds what frames turns. */
  public static void mustNotFrame(String what, String text) {
    mustNotHold(OF_TURNS, what, text);
  }

  /** Fails where a text ends a thought that it does not begin: its parser left it there. */
  public static void mustNotEndAThought(String what, String text) {
    int end = text.indexOf(END_OF_THOUGHT);
    Expect.that(
        Reason.WRONG_VALUE,
        end < 0 || text.lastIndexOf(THOUGHT, end) >= 0,
        what + " holds the mark " + END_OF_THOUGHT,
        "a text without what the model thought",
        text);
  }

  /** Fails where the text beside a call holds what frames turns, calls or thoughts. */
  public static void mustNotStandBesideACall(String what, String text) {
    mustNotHold(OF_TURNS, what, text);
    mustNotHold(OF_CALLS, what, text);
  }

  /** Whether a text holds what frames a call. */
  public static boolean holdsACall(String text) {
    return OF_CALLS.stream()
        .filter(mark -> !mark.equals(THOUGHT) && !mark.equals(END_OF_THOUGHT))
        .anyMatch(text::contains);
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
