package dev.meshcheck.reports.performance;

import dev.meshcheck.reports.model.WarmthReport;
import dev.meshcheck.reports.text.Counted;
import java.util.List;
import java.util.Locale;

/**
 * What the cache saves: the same long prompts, sent for the first time and for the second.
 *
 * @param cold the first sendings
 * @param warm the second ones
 */
public record Warmth(List<Speed> cold, List<Speed> warm) {

  /** Keeps copies. */
  public Warmth {
    cold = List.copyOf(cold);
    warm = List.copyOf(warm);
  }

  /** Of streams of both kinds. */
  public static Warmth of(List<Speed> streams) {
    return new Warmth(
        streams.stream().filter(speed -> speed.attempt() == 1).toList(),
        streams.stream().filter(speed -> speed.attempt() > 1).toList());
  }

  /** Whether there is nothing to compare. */
  public boolean isEmpty() {
    return cold.isEmpty() || warm.isEmpty();
  }

  /** As report.json has it. */
  WarmthReport report() {
    double before = median(cold);
    double after = median(warm);
    return new WarmthReport(
        warm.size(),
        Rank.rounded(before),
        Rank.rounded(after),
        Rank.rounded(before / Math.max(after, 0.1)));
  }

  private static double median(List<Speed> speeds) {
    return Rank.of(0.5, speeds.stream().map(Speed::firstToken).toList());
  }

  /** In words. */
  @Override
  public String toString() {
    return isEmpty() ? "nothing was measured" : words(report());
  }

  /** That of a report in words. */
  public static String words(WarmthReport warmth) {
    return String.format(
        Locale.ROOT,
        "long prompts: first token after %.0f ms cold and %.0f ms warm (medians), %.1f times as fast;"
            + " %s",
        warmth.coldMs(),
        warmth.warmMs(),
        warmth.speedUp(),
        Counted.of(warmth.prompts(), "prompt"));
  }
}
