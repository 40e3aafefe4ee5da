package dev.meshcheck.reports.fleet;

import dev.meshcheck.reports.outcome.RunVerdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How an environment did in some night, in numbers.
 *
 * @param night the id of the night
 * @param at when that night began
 * @param verdict on the environment
 * @param failed how many results failed
 * @param firstTokenMs the median of its streams, in milliseconds
 * @param latencyMs the median of its answers, in milliseconds
 * @param tokens that it spent
 */
public record PastNight(
    String night,
    Instant at,
    RunVerdict verdict,
    int failed,
    Optional<Double> firstTokenMs,
    Optional<Double> latencyMs,
    long tokens) {

  /** How many nights are looked at. */
  public static final int NIGHTS = 30;

  /** A week says what is usual. */
  private static final int WEEK = 7;

  private static final int FEWEST = 3;

  /** These nights and one more. */
  static List<PastNight> followed(List<PastNight> nights, PastNight last) {
    return Stream.concat(nights.stream(), Stream.of(last)).toList();
  }

  /** The median of the last week, where there were enough nights. */
  static Optional<Double> usual(
      List<PastNight> nights, Function<PastNight, Optional<Double>> measure) {
    List<Double> all = nights.stream().flatMap(n -> measure.apply(n).stream()).toList();
    List<Double> week = all.subList(Math.max(0, all.size() - WEEK), all.size());
    return week.size() < FEWEST
        ? Optional.empty()
        : Optional.of(Spread.quantile(week.stream().sorted().toList(), 0.5));
  }
}
