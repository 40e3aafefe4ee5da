package dev.meshcheck.reports.guidance;

import com.fasterxml.jackson.annotation.JsonCreator;

/**
 * One status or a hundred of them.
 *
 * @param from the first status
 * @param to the last status, inclusive
 */
public record StatusRange(int from, int to) {

  /** Reads {@code 401} or {@code 5xx}. */
  @JsonCreator
  public static StatusRange parse(String text) {
    if (text.matches("[1-5]xx")) {
      int first = (text.charAt(0) - '0') * 100;
      return new StatusRange(first, first + 99);
    }
    if (text.matches("[1-5]\\d\\d")) {
      return new StatusRange(Integer.parseInt(text), Integer.parseInt(text));
    }
    throw new IllegalArgumentException("a status is three digits or one and xx, not " + text);
  }

  boolean holds(int status) {
    return from <= status && status <= to;
  }

  boolean exact() {
    return from == to;
  }
}
