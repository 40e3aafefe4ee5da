package dev.meshcheck.reports.run;

import java.util.Locale;

/** Quotes one argument for bash, zsh and ksh. */
public final class ShellQuote {

  private ShellQuote() {}

  /**
   * The argument in quotes: plain ones where possible, {@code $'…'} where it has control
   * characters, so that a line stays a line.
   */
  public static String quote(String argument) {
    if (!argument.isEmpty() && argument.chars().allMatch(ShellQuote::harmless)) {
      return argument;
    }
    if (argument.chars().noneMatch(Character::isISOControl)) {
      return "'" + argument.replace("'", "'\\''") + "'";
    }
    StringBuilder quoted = new StringBuilder("$'");
    argument.chars().forEach(c -> quoted.append(escaped((char) c)));
    return quoted.append('\'').toString();
  }

  private static boolean harmless(int c) {
    // URLs and values are quoted even where they need not be; only bare words stay bare.
    return c >= 'A' && c <= 'Z';
  }

  private static String escaped(char c) {
    return switch (c) {
      case '\'' -> "\\'";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      // Three octal digits: a digit that follows cannot join in.
      case '\0' -> "\\\\0";
      default -> {
        if (c < 0x20 || c == 0x7f) {
          yield String.format(Locale.ROOT, "\\%03o", (int) c);
        }
        // C1 controls have two bytes in UTF-8.
        yield Character.isISOControl(c)
            ? String.format(Locale.ROOT, "\\302\\%03o", (int) c)
            : String.valueOf(c);
      }
    };
  }
}
