package dev.meshcheck.reports.known;

/** A pattern for ids of checks: {@code *} is any text, {@code ?} any one character. */
public final class Glob {

  private final String text;

  /** The pattern that a user wrote. */
  public Glob(String text) {
    this.text = text;
  }

  /** Whether the whole id matches. Takes as long as the pattern times the id at most. */
  public boolean matches(String id) {
    int in = 0;
    int at = 0;
    // Where the last star stands, and what it has taken so far: only that one is ever asked for
    // more.
    int star = -1;
    int taken = 0;
    while (at < id.length()) {
      if (in < text.length() && text.charAt(in) == '*') {
        star = in++;
        taken = at;
      } else if (in < text.length() && isOne(text.charAt(in), id.charAt(at))) {
        in++;
        at++;
      } else if (star >= 0) {
        in = star + 1;
        at = ++taken;
      } else {
        return false;
      }
    }
    return text.substring(in).chars().allMatch(c -> c == '*');
  }

  private static boolean isOne(char pattern, char character) {
    return pattern == '?' || pattern == character;
  }

  /** As the user wrote it. */
  @Override
  public String toString() {
    return text;
  }
}
