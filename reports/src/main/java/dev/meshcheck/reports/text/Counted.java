package dev.meshcheck.reports.text;

import java.util.Locale;

/** A number of things in plain English. */
public final class Counted {

  private Counted() {}

  /** Such as {@code 1 day}, {@code 2 days} or {@code 1,024 tokens}. */
  public static String of(long count, String thing) {
    return of(count) + " " + thing + (count == 1 ? "" : "s");
  }

  /** Such as {@code 7} or {@code 12,345}. */
  public static String of(long count) {
    // A format is read each time, and a page has hundreds of small numbers.
    boolean isGrouped = count <= -1000 || count >= 1000;
    return isGrouped ? String.format(Locale.ROOT, "%,d", count) : Long.toString(count);
  }
}
