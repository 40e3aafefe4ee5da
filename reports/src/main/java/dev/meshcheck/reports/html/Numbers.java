package dev.meshcheck.reports.html;

import dev.meshcheck.reports.text.Counted;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them, and as drawings need them. */
public final class Numbers {

  private Numbers() {}

  /** A duration such as {@code 0.2 ms}, {@code 453 ms} or {@code 1.18 s}. */
  public static String duration(double ms) {
    if (ms >= 60_000) {
      return String.format(Locale.ROOT, "%d min %02d s", (long) ms / 60_000, (long) ms / 1000 % 60);
    }
    if (ms >= 1000) {
      return rounded(ms / 1000, 2) + " s";
    }
    return rounded(ms, ms < 10 ? 1 : 0) + " ms";
  }

  /** A number of things, such as {@code 12,345}. */
  public static String count(long number) {
    return Counted.of(number);
  }

  /** A share of a whole in percent, within the whole. */
  public static String percent(double part, double whole) {
    double share = whole <= 0 ? 0 : Math.min(100, Math.max(0, 100 * part / whole));
    return rounded(share, 2).stripTrailingZeros().toPlainString() + "%";
  }

  /**
   * A page has tens of thousands of them, and formats that are read each time would be half its
   * cost.
   */
  private static BigDecimal rounded(double number, int digits) {
    return BigDecimal.valueOf(number).setScale(digits, RoundingMode.HALF_UP);
  }
}
