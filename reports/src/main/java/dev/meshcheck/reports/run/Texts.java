package dev.meshcheck.reports.run;

/** Cuts texts without breaking a character in two. */
final class Texts {

  private Texts() {}

  /** At most that many chars from the beginning. */
  static String beginning(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    boolean splitsPair = length > 0 && Character.isHighSurrogate(text.charAt(length - 1));
    return text.substring(0, splitsPair ? length - 1 : length);
  }
}
