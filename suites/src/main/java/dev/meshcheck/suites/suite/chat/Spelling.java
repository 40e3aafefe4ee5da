package dev.meshcheck.suites.suite.chat;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Marks;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How the tokens of log probabilities spell a text. A token that is part of a character is no text
 * by itself, and hosts tell it as U+FFFD, as an escape or as a byte; vLLM tells the character with
 * its last token, and nothing with those before.
 */
final class Spelling {

  /** How a part of a character is told by itself, where it is not U+FFFD. */
  private static final Pattern ESCAPED =
      Pattern.compile("(?:bytes:)?(?:\\\\x[0-9a-fA-F]{2}|<0x[0-9a-fA-F]{2}>)+");

  /** What parts of characters may stand for. */
  private static final String CHARACTERS = "[^\\x00-\\x7F]*";

  private Spelling() {}

  /** Fails where the tokens, or the bytes beside them, are not those of the text. */
  static void mustBe(List<Json> entries, String text) {
    List<String> tokens = entries.stream().map(entry -> entry.at("/token").text()).toList();
    int until = Marks.withoutTheEnd(tokens, text).size();
    mustSpell(tokens.subList(0, until), text);
    if (entries.stream().allMatch(entry -> entry.at("/bytes").present())) {
      mustSpell(List.of(bytes(entries.subList(0, until))), text);
    }
  }

  private static void mustSpell(List<String> tokens, String text) {
    StringBuilder spelled = new StringBuilder();
    tokens.forEach(token -> spelled.append(pattern(token)));
    // A limit may cut within the last character, whose bytes are no text then.
    Expect.that(
        Reason.WRONG_VALUE,
        Pattern.matches(spelled + "\uFFFD*", text),
        "the joined tokens are not the text",
        text,
        String.join("", tokens));
  }

  /** What is a part stands for something; what is text beside it stays what it is. */
  private static String pattern(String token) {
    return ESCAPED.matcher(token).matches()
        ? CHARACTERS
        : Pattern.quote(token)
            .replaceAll("\uFFFD+", "\\\\E" + CHARACTERS.replace("\\", "\\\\") + "\\\\Q");
  }

  private static String bytes(List<Json> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Json entry : entries) {
      entry.at("/bytes").items().forEach(b -> bytes.write((int) b.integer()));
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
