package dev.meshcheck.reports.cause;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A key that a refusal quotes in part, such as {@code sk-ab****wxyz}.
 *
 * @param start its first characters, none where it is quoted from its end alone
 * @param end its last ones
 * @see <a href="https://platform.openai.com/docs/guides/error-codes">Incorrect API key provided</a>
 */
record QuotedKey(String start, String end) {

  /** What keys are made of; those of OpenSSL are Base64. */
  private static final String PART = "[\\w+/=~-]";

  /** Three stars stand for a key; dots stand for one only behind a beginning that keys have. */
  private static final Pattern QUOTED =
      Pattern.compile(
          "(?<![\\w+/=~*.-])(?:("
              + PART
              + "{0,16})\\*{3,200}+|((?:sk|ak|pk|rk|key|gsk|xai|nvapi|hf|fw)[-_]"
              + PART
              + "{0,16})(?:\\.{3}|\u2026))("
              + PART
              + "{2,8})(?![\\w+/=~*-])");

  /** One of these stands for what is left out. */
  private static final List<String> MARKS = List.of("***", "...", "\u2026");

  /** A word in stars is no key where nothing stands before them. */
  private static final Pattern WORD = Pattern.compile("[A-Za-z]+");

  /** The keys that are quoted in those words. */
  static Stream<QuotedKey> in(String words) {
    return QUOTED
        .matcher(words)
        .results()
        .map(
            found ->
                new QuotedKey(
                    found.group(1) == null ? found.group(2) : found.group(1), found.group(3)))
        .filter(key -> !key.start().isEmpty() || !WORD.matcher(key.end()).matches());
  }

  /** The same words without what is quoted, which differs from key to key. */
  static String without(String words) {
    return MARKS.stream().anyMatch(words::contains) ? QUOTED.matcher(words).replaceAll("") : words;
  }

  /** Whether it may be that key. */
  boolean isOf(String key) {
    return key.startsWith(start) && key.endsWith(end);
  }
}
