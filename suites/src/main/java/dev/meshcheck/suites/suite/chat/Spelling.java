package dev.meshcheck.suites.suite.chat;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Marks;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the tokens of log probabilities spell a text. A token that is part of a character is no text
 * by itself, and hosts tell it as U+FFFD, as an escape or as a byte; vLLM tells the character with
 * its last token, and nothing with those before.
 */
final class Spelling {

  /** How a part of a character is told by itself, where it is not U+FFFD. */
  private static final Pattern ESCAPED =
      Pattern.compile("(?:bytes:)?(?:\\\\x[0-9a-fA-F]{2}|<0x[0-9a-fA-F]{2}>)+");

  private static final String PART = "\uFFFD";
  private static final Pattern PARTS = Pattern.compile(PART + "++");

  /** What parts of characters may stand for. */
  private static final String CHARACTERS = "[^\\x00-\\x7F]";

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
    Expect.that(
        Reason.WRONG_VALUE,
        pattern(tokens).matcher(text).matches(),
        "the joined tokens are not the text",
        text,
        String.join("", tokens));
  }

  /**
   * What the tokens may spell. The host chooses them, so that no choice may be taken back but the
   * last: the first place where the text between two parts stands is as good as any behind it,
   * since only characters such as those of the parts may stand before either.
   */
  static Pattern pattern(List<String> tokens) {
    String spelled =
        tokens.stream()
            .map(token -> ESCAPED.matcher(token).matches() ? PART : token)
            .collect(Collectors.joining());
    List<String> texts = List.of(PARTS.split(spelled, -1));
    StringBuilder pattern = new StringBuilder(Pattern.quote(texts.get(0)));
    for (int i = 1; i < texts.size(); i++) {
      boolean last = i == texts.size() - 1;
      pattern
          .append(last ? CHARACTERS + "*" : "(?>" + CHARACTERS + "*?")
          .append(Pattern.quote(texts.get(i)))
          .append(last ? "" : ")");
    }
    // A limit may cut within the last character, whose bytes are no text then.
    return Pattern.compile(pattern + PART + "*+");
  }

  /** What the bytes of the tokens spell together. */
  static String bytes(List<Json> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Json entry : entries) {
      entry.at("/bytes").items().forEach(b -> bytes.write((int) b.integer()));
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
