package dev.meshcheck.reports.outcome;

/**
 * What a message quotes from a host at length. It is only marked where the message is made, and
 * shortened where secrets have been taken out: a cut before that could leave half a key. The marks
 * are noncharacters, which Unicode keeps for use within a program
 * (https://www.unicode.org/faq/private_use.html#noncharacters).
 */
public final class Quotation {

  /** Characters of a quotation that are told. */
  public static final int LONGEST = 200;

  /** Characters that are kept until secrets are taken out; longer than any of them. */
  private static final int MOST = 64 << 10;

  private static final char BEGIN = '\uFDD0';
  private static final char END = '\uFDD1';

  private Quotation() {}

  /** The text, marked where it is too long to be told whole. */
  public static String of(String text) {
    return text.length() <= LONGEST
        ? text
        : BEGIN + unmarked(text.substring(0, Math.min(text.length(), MOST))) + END;
  }

  /** The redacted message with each quotation in it shortened. */
  public static String shortened(String message) {
    if (message.indexOf(BEGIN) < 0) {
      return unmarked(message);
    }
    StringBuilder told = new StringBuilder();
    int at = 0;
    for (int begin = message.indexOf(BEGIN); begin >= 0; begin = message.indexOf(BEGIN, at)) {
      int end = message.indexOf(END, begin);
      int until = end < 0 ? message.length() : end;
      String quoted = message.substring(begin + 1, until);
      told.append(message, at, begin).append(beginning(quoted));
      at = Math.min(message.length(), until + 1);
    }
    return unmarked(told.append(message, at, message.length()).toString());
  }

  private static String beginning(String quoted) {
    if (quoted.length() <= LONGEST) {
      return quoted;
    }
    boolean splitsPair = Character.isHighSurrogate(quoted.charAt(LONGEST - 1));
    return quoted.substring(0, splitsPair ? LONGEST - 1 : LONGEST) + "…";
  }

  private static String unmarked(String text) {
    return text.indexOf(BEGIN) < 0 && text.indexOf(END) < 0
        ? text
        : text.replace(String.valueOf(BEGIN), "").replace(String.valueOf(END), "");
  }
}
