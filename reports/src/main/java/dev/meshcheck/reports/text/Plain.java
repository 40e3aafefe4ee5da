package dev.meshcheck.reports.text;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes text from a host harmless: no control character reaches a terminal, a file or a parser. */
public final class Plain {

  /** What GitHub, Azure and TeamCity take for a command wherever it stands in a line. */
  private static final Pattern CI_COMMAND = Pattern.compile("##(?=\\[|vso\\[|teamcity\\[)");

  private Plain() {}

  /** The line with nothing in it that a CI system would take for a command. */
  public static String noCommand(String line) {
    return CI_COMMAND.matcher(line).replaceAll("# #");
  }

  /** The text with line feeds and tabs, and every other control character written out. */
  public static String text(String text) {
    // Whole pages are looked through, and each charAt would check its index again.
    char[] chars = text.toCharArray();
    StringBuilder plain = new StringBuilder();
    int done = 0;
    for (int at = 0; at < chars.length; at++) {
      char ordinary = chars[at];
      if (ordinary >= ' ' && ordinary <= '~') {
        continue;
      }
      int c = Character.codePointAt(chars, at);
      int end = at + Character.charCount(c);
      if (!isSeen(c)) {
        plain.append(chars, done, at - done).append(written(c));
        done = end;
      }
      at = end - 1;
    }
    return done == 0 ? text : plain.append(chars, done, chars.length - done).toString();
  }

  /** The text on one line, shortened to that many characters. */
  public static String line(String text, int longest) {
    String line =
        text(text)
            .lines()
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" ⏎ "))
            .replace('\t', ' ');
    return shortened(line, longest);
  }

  /** The text, shortened to that many characters. */
  public static String shortened(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return text.substring(0, end) + "… (shortened)";
  }

  private static String written(int c) {
    return isNoCharacter(c) ? "\uFFFD" : String.format(Locale.ROOT, "\\u%04x", c);
  }

  /** Whether people see that character as what it is, line feeds and tabs included. */
  static boolean isSeen(int c) {
    return c == '\n'
        || c == '\t'
        || !(Character.isISOControl(c) || reorders(c) || isUnseen(c) || isNoCharacter(c));
  }

  /** Marks without width, a byte order mark within a text, and tags, which spell words unseen. */
  private static boolean isUnseen(int c) {
    return c == 0x200B
        || (c >= 0x2060 && c <= 0x2064)
        || c == 0xFEFF
        || (c >= 0xE0000 && c <= 0xE007F);
  }

  /** Whether it changes the direction of text, so that a line reads as what it is not. */
  private static boolean reorders(int c) {
    return (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069)
        || c == 0x061C
        || c == 0x200E
        || c == 0x200F
        || c == 0x2028
        || c == 0x2029;
  }

  /** Lone surrogates and the like, which XML 1.0 and UTF-8 do not have. */
  private static boolean isNoCharacter(int c) {
    return (c >= 0xD800 && c <= 0xDFFF) || (c & 0xFFFE) == 0xFFFE;
  }
}
