package dev.meshcheck.suites.suite.chat;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Refusals;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Usage;

/** What stands behind characters that some programs take for the end of a text. */
public final class BehindMarksSuite {

  private static final String CONTROLS = "a\u0000b\u0001c\u001b[31md\u2028e\ufeff";

  /** How templates of several families end a message, and two say that all is over. */
  private static final String MARKS = "<|im_end|> <|eot_id|> <end_of_turn> <|endoftext|> </s>";

  private static final int WORDS = 40;

  /** Each word is a token at least, so that much less is no matter of the tokenizer. */
  private static final long ENOUGH = WORDS / 2;

  static Ask controls(Probe probe) {
    return endingWithWords(probe, CONTROLS);
  }

  private static Ask endingWithWords(Probe probe, String beginning) {
    return probe.chat(beginning + " plum".repeat(WORDS)).with("max_tokens", 4);
  }

  private static void mustBeCounted(Probe probe, Ask ask, String what) {
    long none = promptOf(Given.answered(probe.chat("plum").with("max_tokens", 4)));
    long prompt = promptOf(Said.unlessRefused(ask, what));
    Expect.that(
        "prompt_tokens of a message with " + WORDS + " words behind " + what,
        prompt,
        greaterThanOrEqualTo(none + ENOUGH));
  }

  private static long promptOf(Answered answered) {
    return Usage.given(answered.json().at("/usage")).prompt();
  }

  @Check(
      id = "chat.text-behind-nul-is-read",
      title = "what stands behind U+0000 and other control characters is counted, or refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.JSON,
      ifItFails = {"a text is handed to the engine as a C string, which ends at U+0000"})
  void behindNul(Probe probe) {
    mustBeCounted(probe, controls(probe), "control characters");
  }

  @Check(
      id = "chat.text-behind-marks-is-read",
      title =
          "what stands behind the end marks of chat templates in a message is counted, or refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "marks in what users write are read as the template's own: whoever writes one can end the"
            + " message, and begin another in any role"
      })
  void behindMarks(Probe probe) {
    mustBeCounted(probe, endingWithWords(probe, MARKS), "end marks of templates");
  }

  @Check(
      id = "chat.marks-in-a-message-are-taken",
      title = "a message that holds the end marks of chat templates is not refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "the tokenizer fails on special tokens in a text, as tiktoken does unless it is told that"
            + " they are texts: nobody can ask about a template, or send its logs"
      })
  void marksAreTaken(Probe probe) {
    Said.taken(endingWithWords(probe, MARKS).send());
  }

  @Check(
      id = "chat.half-a-character-is-no-server-error",
      title = "half of a surrogate pair in a message is answered or refused, never a 5xx",
      level = SHOULD,
      route = CHAT,
      source = Sources.JSON,
      ifItBreaks = {
        "the text is encoded as UTF-8 without looking: JSON may hold halves, UTF-8 not"
      })
  void halfCharacter(Probe probe) {
    Ask ask = probe.chat("plum HALF").with("max_tokens", 4);
    Refusals.mustNotBeServerError(ask.editRaw(body -> body.replace("HALF", "\\ud83d")).send());
  }
}
