package dev.meshcheck.reports.text;

import java.util.Locale;

/** A number of things in plain English. */
public final class Counted {

  private Counted() {}

  /** Such as {@code 1 day}, {@code 2 days} or {@code 1,024 tokens}. */
  public static String of(long count, String thing) {
    return String.format(Locale.ROOT, "%,d %s%s", count, thing, count == 1 ? "" : "s");
  }
}
