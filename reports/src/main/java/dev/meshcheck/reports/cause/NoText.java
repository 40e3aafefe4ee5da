package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.exchange.Answer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/** Bodies that are no text, told by their length and first bytes: as characters they are noise. */
final class NoText {

  private static final String WORDS = " bytes that are no text, ";

  /** Enough to tell one from the other. */
  private static final int LOOKED_AT = 512;

  /** One of so many characters may be wrong, as in a text of another charset. */
  private static final int ONE_OF = 10;

  private static final int SHOWN = 4;

  /** What compressed bodies begin with. */
  private static final Map<String, String> MAGIC =
      Map.of("1f8b", "gzip", "28b5", "zstd", "7801", "zlib", "789c", "zlib", "78da", "zlib");

  private NoText() {}

  /** Whether nobody could read that body as text. */
  static boolean is(byte[] body) {
    int length = Math.min(body.length, LOOKED_AT);
    String head = new String(body, 0, length, StandardCharsets.UTF_8);
    long wrong = head.chars().filter(NoText::isNoise).count();
    return wrong * ONE_OF > head.length();
  }

  /** That body in a few words. */
  static String told(Answer answer) {
    byte[] body = answer.body();
    String hex = HexFormat.of().formatHex(body, 0, Math.min(SHOWN, body.length));
    String found = MAGIC.get(hex.substring(0, Math.min(SHOWN, hex.length())));
    String coding = answer.headers().first("Content-Encoding").orElse("");
    String what =
        found == null
            ? ""
            : coding.isBlank()
                ? ", as " + found + " does"
                : ", as " + found + " does, within what the head calls " + coding;
    return body.length + WORDS + "and begin with " + hex + what;
  }

  /** Whether that is how such a body is told. */
  static boolean isTold(String said) {
    return said.contains(WORDS);
  }

  private static boolean isNoise(int c) {
    boolean control = c < ' ' && c != '\t' && c != '\n' && c != '\r';
    return control || c == '\uFFFD';
  }
}
