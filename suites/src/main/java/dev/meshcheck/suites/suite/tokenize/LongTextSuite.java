package dev.meshcheck.suites.suite.tokenize;

import static dev.meshcheck.fixtures.surface.RouteName.TOKENIZE;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Bodies that are longer than the blocks in which servers read them. */
public final class LongTextSuite {

  /** Each of three bytes. */
  private static final String CHARACTERS = "\u65e5\u672c\u8a9e\u6587\u5b57\u5217";

  private static final int BYTES_EACH = 3;

  /** A little more than the largest block in common use. */
  private static final int BYTES = 66_000;

  private static final String START = "\"prompt\":\"";

  @Check(
      id = "tokenize.long-texts-keep-their-characters",
      title = "a text of 64 KB beyond ASCII has the tokens of the same text written in escapes",
      level = SHOULD,
      route = TOKENIZE,
      source = Sources.JSON,
      pack = Pack.FULL,
      ifItFails = {
        "bodies are decoded block by block, and a character that lies across two blocks of 4, 8, 16"
            + " or 64 KB is lost or becomes U+FFFD: long texts in most languages are changed"
      })
  void longTexts(Probe probe) {
    Ask plain = acrossBlocks(probe.tokenize(""));
    List<String> escaped = tokens(plain.editRaw(LongTextSuite::escaped));
    List<String> direct = tokens(plain);
    Expect.that(
        Reason.WRONG_VALUE,
        direct.equals(escaped),
        "a long text has other tokens as UTF-8 than in escapes",
        escaped.size() + " tokens, those of the text in escapes",
        direct.size() + " tokens");
  }

  private static List<String> tokens(Ask ask) {
    Json answer = Given.that(() -> Said.unlessRefused(ask, "a text of 64 KB").json());
    return Given.items(answer.at("/tokens")).stream().map(Json::toString).toList();
  }

  /**
   * No power of two is a multiple of three: where the first character begins at one, every border
   * of blocks lies within a character.
   */
  private static Ask acrossBlocks(Ask ask) {
    return ask.editRaw(
        body -> {
          int start = body.indexOf(START) + START.length();
          int before = body.substring(0, start).getBytes(StandardCharsets.UTF_8).length;
          String fill = "a".repeat(Math.floorMod(-before, BYTES_EACH));
          String text = CHARACTERS.repeat(BYTES / (BYTES_EACH * CHARACTERS.length()));
          return body.substring(0, start) + fill + text + body.substring(start);
        });
  }

  private static String escaped(String body) {
    return body.chars()
        .mapToObj(c -> c < 0x80 ? Character.toString(c) : String.format("\\u%04x", c))
        .collect(Collectors.joining());
  }
}
