package dev.meshcheck.suites.check;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.meshcheck.reports.outcome.Reason;
import java.util.List;

/** Stop strings that certainly come, and what they must do. */
public final class StopString {

  private static final String NEVER_SAID = "-meshcheck";

  private StopString() {}

  /** A piece of the text that does not stand in it earlier. */
  public static String middleOf(String text) {
    int from = text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2);
    int to = text.offsetByCodePoints(from, Math.min(4, text.codePointCount(from, text.length())));
    return text.substring(from, to);
  }

  /**
   * A space and the letter behind it, which stands in the text earlier without one.
   *
   * @throws Inapplicable where the text has no such place
   */
  public static String withASpace(String text) {
    for (int at = text.indexOf(' ', 1); at > 0; at = text.indexOf(' ', at + 1)) {
      String stop = text.substring(at, Math.min(at + 2, text.length()));
      boolean earlier = text.indexOf(stop.strip()) < at;
      if (stop.matches(" [a-z]") && text.indexOf(stop) == at && earlier) {
        return stop;
      }
    }
    throw new Inapplicable("no word of the answer begins with a letter that stands in it earlier");
  }

  /**
   * A stop string that never comes: the last two characters of the text, and what nobody says. It
   * makes hosts hold text back whether they look at its length or at its beginning.
   *
   * @throws Inapplicable where the text is too short to lose its end
   */
  public static String begunAtTheEndOf(String text) {
    if (text.length() < 2 * NEVER_SAID.length()) {
      throw new Inapplicable("the plain text is too short to tell what is held back");
    }
    int from = text.offsetByCodePoints(text.length(), -2);
    return text.substring(from) + NEVER_SAID;
  }

  /** Fails where the text lacks an end that was held back for a stop string that never came. */
  public static void mustHoldBackNothing(String text, String whole) {
    int lost = whole.strip().length() - text.strip().length();
    if (!whole.strip().startsWith(text.strip()) || lost > 4 + NEVER_SAID.length()) {
      throw new Inapplicable("the second answer is another one: the model does not repeat itself");
    }
    Expect.that(
        Reason.WRONG_VALUE,
        lost == 0,
        "the end of the text is lost where a stop string is given that never comes",
        whole,
        text);
  }

  /** Fails where the text holds the stop string, or its beginning, which was sent too early. */
  public static void mustNotLeak(String text, String whole, String stop) {
    Expect.that("the text before the stop string", text, not(containsString(stop)));
    String before = whole.substring(0, whole.indexOf(stop));
    String rest = text.startsWith(before) ? text.substring(before.length()) : "";
    Expect.that(
        Reason.WRONG_VALUE,
        rest.isEmpty() || !stop.startsWith(rest),
        "the text ends with the beginning of the stop string: " + rest,
        before,
        text);
  }

  /** Fails where the text holds the stop string, or ended otherwise although it came to it. */
  public static void mustEnd(Json choice, String text, String whole, String stop) {
    mustEnd(choice.at("/finish_reason").text(), text, whole, stop);
  }

  /** The same for a text that came in pieces, with the reason that its stream finished with. */
  public static void mustEnd(String finish, String text, String whole, String stop) {
    mustNotLeak(text, whole, stop);
    String expected = whole.substring(0, whole.indexOf(stop));
    if (!finish.equals("stop") && !text.startsWith(expected)) {
      throw new Inapplicable("the second answer is another one: the model does not repeat itself");
    }
    Expect.that("finish_reason", finish, is("stop"));
    mustEndThere(text, whole, stop);
  }

  /**
   * Fails where a text that its stop string ended ends earlier, or goes on behind it. A text that
   * begins otherwise, or is empty because a thought held the string, tells nothing.
   */
  private static void mustEndThere(String text, String whole, String stop) {
    int at = whole.indexOf(stop);
    String before = whole.substring(0, at).strip();
    String behind = whole.substring(at + stop.length());
    String said = text.strip();
    Expect.that(
        Reason.WRONG_VALUE,
        said.isEmpty() || said.length() >= before.length() || !before.startsWith(said),
        "the end of the text before the stop string is lost",
        before,
        text);
    String rest = said.startsWith(before) ? said.substring(before.length()) : "";
    Expect.that(
        Reason.WRONG_VALUE,
        rest.isBlank() || !behind.strip().startsWith(rest.strip()),
        "the text goes on behind the stop string, which is cut out: " + rest,
        before,
        text);
  }

  /**
   * Fails where the tokens of log probabilities are not those of the text that a stop string ended.
   * Those of the stop string itself may come behind them: vLLM tells every token that it computed,
   * and the last one may hold more than the stop string.
   *
   * @see <a href="https://docs.vllm.ai/en/v0.8.3/api/inference_params.html">vLLM: sampling
   *     parameters</a>
   * @throws Inapplicable where there are none, or some are no text by themselves
   * @throws Failure where they lack some of the text, or go on behind the stop string
   */
  public static void mustBeTheTokens(List<String> told, String text, String stop) {
    List<String> tokens = Marks.withoutTheFrame(told, text);
    String joined = String.join("", tokens);
    if (tokens.isEmpty() || !joined.chars().allMatch(c -> c < 0x80) || joined.contains("bytes:")) {
      throw new Inapplicable("there are no logprobs, or tokens that are no text by themselves");
    }
    String last = tokens.get(tokens.size() - 1);
    int before = joined.length() - last.length();
    Expect.that(
        Reason.WRONG_VALUE,
        joined.strip().startsWith(text.strip()),
        "the joined tokens of the log probabilities lack some of the text",
        text,
        joined);
    Expect.that(
        Reason.WRONG_VALUE,
        before <= text.length() + stop.length(),
        "the log probabilities go on behind the stop string",
        text,
        joined);
  }
}
