package dev.meshcheck.reports.fleet;

import dev.meshcheck.reports.model.ExchangeReport;
import dev.meshcheck.reports.model.RunReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How durations are spread; all in milliseconds.
 *
 * @param count how many were measured
 * @param sumMs all of them together
 * @param medianMs half of them took no longer
 * @param p95Ms 95 of 100 took no longer
 * @param usualMs the median of the medians of the last week
 * @param buckets how many took no longer than each of {@link #BOUNDS}, and longer than the one
 *     before it; the last ones took longer than all
 */
public record Spread(
    int count,
    double sumMs,
    double medianMs,
    double p95Ms,
    Optional<Double> usualMs,
    List<Integer> buckets) {

  /** Upper ends of buckets. */
  public static final List<Double> BOUNDS =
      List.of(
          5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1_000.0, 2_500.0, 5_000.0, 10_000.0, 30_000.0,
          60_000.0);

  /** A change of less than a quarter, or of less than 25 ms, is noise. */
  private static final double SHARE = 0.25;

  private static final double LEAST_MS = 25;

  /** When the streams of a run brought their first text. */
  static Optional<Spread> ofFirstTokens(RunReport report) {
    return of(
        report.exchanges().values().stream().flatMap(e -> e.firstTokenMs().stream()).toList());
  }

  /** How long the answers of a run took; refusals are quick for reasons of their own. */
  static Optional<Spread> ofAnswers(RunReport report) {
    return of(
        report.exchanges().values().stream()
            .filter(e -> e.response().stream().anyMatch(r -> r.status() / 100 == 2))
            .map(ExchangeReport::timings)
            .map(t -> t.total())
            .toList());
  }

  /** The spread of these durations; none of nothing. */
  static Optional<Spread> of(List<Double> durations) {
    if (durations.isEmpty()) {
      return Optional.empty();
    }
    List<Double> sorted = durations.stream().sorted().toList();
    List<Integer> buckets = new ArrayList<>(Collections.nCopies(BOUNDS.size() + 1, 0));
    for (double ms : sorted) {
      int at = (int) BOUNDS.stream().filter(bound -> ms > bound).count();
      buckets.set(at, buckets.get(at) + 1);
    }
    double sum = sorted.stream().mapToDouble(ms -> ms).sum();
    return Optional.of(
        new Spread(
            sorted.size(),
            rounded(sum),
            quantile(sorted, 0.5),
            quantile(sorted, 0.95),
            Optional.empty(),
            List.copyOf(buckets)));
  }

  /** The smallest value that so many of all do not exceed. */
  static double quantile(List<Double> sorted, double share) {
    int at = (int) Math.ceil(share * sorted.size()) - 1;
    return sorted.get(Math.max(0, at));
  }

  /** The same beside what is usual. */
  Spread usually(Optional<Double> ms) {
    return new Spread(count, sumMs, medianMs, p95Ms, ms, buckets);
  }

  /** By how much the median differs from what is usual, where that is more than noise. */
  public Optional<Double> shift() {
    return usualMs
        .filter(usual -> Math.abs(medianMs - usual) > Math.max(LEAST_MS, SHARE * usual))
        .map(usual -> (medianMs - usual) / Math.max(usual, 0.001));
  }

  /** The same in words, such as {@code +38 %}. */
  public Optional<String> shiftWords() {
    return shift().map(by -> String.format(Locale.ROOT, "%+.0f %%", 100 * by));
  }

  private static double rounded(double ms) {
    return Math.round(ms * 1000) / 1000.0;
  }
}
