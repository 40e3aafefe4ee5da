package dev.meshcheck.suites.suite.chat;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Marks;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Streams;
import dev.meshcheck.suites.check.Usage;
import java.util.List;

/**
 * The bytes of log probabilities, which are there for tokens that are no text by themselves:
 * "useful in instances where characters are represented by multiple tokens and their byte
 * representations must be combined to generate the correct text representation".
 */
public final class LogprobBytesSuite {

  /** Characters that every tokenizer has to put together, and one of several code points. */
  private static final String RARE = "\uD834\uDD1E \uD83D\uDC69\u200D\uD83D\uDCBB";

  private static Ask ask(Probe probe) {
    return probe
        .chat("Reply with exactly this: \"" + RARE + "\"")
        .with("logprobs", true)
        .with("top_logprobs", 2)
        .with("max_tokens", 32);
  }

  @Check(
      id = "chat.logprobs-bytes-spell-the-text",
      title = "the bytes of all tokens joined are the text, characters of several tokens among it",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "bytes are those of the token's own text, which is U+FFFD for a part of a character"
      })
  void spellTheText(Probe probe) {
    Json answer = Said.unlessRefused(ask(probe), "logprobs").json();
    Json message = answer.at("/choices/0/message");
    String text = message.at("/content").optionalText().orElse("");
    mustSpell(
        answer.at("/choices/0/logprobs/content").optionalItems(),
        Usage.given(answer.at("/usage")).completion(),
        text,
        ChatParametersSuite.textOf(message));
  }

  @Check(
      id = "chat-stream.logprobs-bytes-spell-the-text",
      title = "the bytes of all tokens of a stream joined are the text that it carries",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {
        "bytes are those of the token's own text, which is U+FFFD for a part of a character"
      })
  void spellTheStreamedText(Probe probe) {
    Said.unlessRefused(LogprobsSuite.ask(probe), "logprobs");
    List<Json> chunks = Given.stream(LogprobsSuite.streamed(probe)).chunks();
    mustSpell(
        LogprobsSuite.streamedEntries(chunks),
        Given.that(() -> Streams.mustTellUsage(chunks)).completion(),
        Streams.contentOf(chunks, "/delta/content"),
        Streams.everythingSaid(chunks));
  }

  /**
   * Fails where the bytes are not those of the text.
   *
   * @param generated how many tokens there are; that each has an entry is judged by others
   * @param everything the text and what a parser took out of it
   */
  private static void mustSpell(
      List<Json> entries, long generated, String text, String everything) {
    if (entries.size() != generated || !text.equals(everything)) {
      throw new Inapplicable("some tokens have no entry, or a parser takes the reasoning out");
    }
    if (entries.stream().anyMatch(entry -> !entry.at("/bytes").present())) {
      throw new Inapplicable("the host tells no bytes");
    }
    if (text.chars().allMatch(c -> c < 0x80)) {
      throw new Inapplicable("the model said nothing beyond ASCII");
    }
    List<String> tokens = entries.stream().map(e -> Given.text(e.at("/token"))).toList();
    int until = Marks.withoutTheEnd(tokens, text).size();
    String spelled = Spelling.bytes(entries.subList(0, until));
    Expect.that(
        Reason.WRONG_VALUE,
        whole(spelled).equals(whole(text)),
        "the joined bytes of the tokens are not the text",
        text,
        spelled);
  }

  /** A limit may cut within the last character, and servers strip a text or do not. */
  private static String whole(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\uFFFD') {
      end--;
    }
    return text.substring(0, end).strip();
  }
}
