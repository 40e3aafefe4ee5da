package dev.meshcheck.reports.performance;

import dev.meshcheck.reports.model.LoadReport;
import dev.meshcheck.reports.text.Counted;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * How fast streams are with so many in flight.
 *
 * @param inFlight how many were, always
 * @param streams those that were measured
 */
public record Load(int inFlight, List<Speed> streams) {

  private static final double MOST = 0.95;

  /** Keeps a copy. */
  public Load {
    streams = List.copyOf(streams);
  }

  /** Of streams that were sent one behind the other. */
  public static Load alone(List<Speed> streams) {
    return new Load(1, streams);
  }

  /** Of rounds of streams, as far as all streams of a round were in flight at one moment. */
  public static Load atOnce(int inFlight, List<Speed> streams) {
    Map<Integer, List<Speed>> rounds =
        streams.stream().collect(Collectors.groupingBy(Speed::attempt));
    return new Load(
        inFlight,
        rounds.values().stream()
            .filter(round -> round.size() == inFlight && wereTogether(round))
            .flatMap(Collection::stream)
            .toList());
  }

  private static boolean wereTogether(List<Speed> round) {
    double last = round.stream().mapToDouble(Speed::from).max().orElse(0);
    return round.stream().allMatch(speed -> speed.to() > last);
  }

  /** Whether nothing was measured. */
  public boolean isEmpty() {
    return streams.isEmpty();
  }

  /** The median of the time to the first token, in milliseconds. */
  public double firstToken() {
    return Rank.of(0.5, streams.stream().map(Speed::firstToken).toList());
  }

  /** Its 95th percentile: so many came no later. */
  public double lateFirstToken() {
    return Rank.of(MOST, streams.stream().map(Speed::firstToken).toList());
  }

  /** The median of the tokens per second of a stream, where streams tell their tokens. */
  public OptionalDouble tokensPerSecond() {
    List<Double> rates =
        streams.stream()
            .map(Speed::tokensPerSecond)
            .filter(OptionalDouble::isPresent)
            .map(OptionalDouble::getAsDouble)
            .toList();
    return rates.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Rank.of(0.5, rates));
  }

  /** The tokens per second of all streams together, while any was in flight. */
  public OptionalDouble together() {
    if (isEmpty() || streams.stream().anyMatch(speed -> speed.tokens().isEmpty())) {
      return OptionalDouble.empty();
    }
    long tokens = streams.stream().map(Speed::tokens).mapToLong(OptionalLong::getAsLong).sum();
    double busy =
        streams.stream()
            .collect(Collectors.groupingBy(speed -> inFlight == 1 ? speed : speed.attempt()))
            .values()
            .stream()
            .mapToDouble(Load::span)
            .sum();
    return OptionalDouble.of(tokens * 1000 / Math.max(busy, 1));
  }

  private static double span(List<Speed> round) {
    double from = round.stream().mapToDouble(Speed::from).min().orElse(0);
    return round.stream().mapToDouble(Speed::to).max().orElse(0) - from;
  }

  /** As report.json has it. */
  LoadReport report() {
    return new LoadReport(
        inFlight,
        streams.size(),
        Rank.rounded(firstToken()),
        Rank.rounded(lateFirstToken()),
        rounded(tokensPerSecond()),
        rounded(together()));
  }

  private static Optional<Double> rounded(OptionalDouble rate) {
    return rate.isPresent() ? Optional.of(Rank.rounded(rate.getAsDouble())) : Optional.empty();
  }

  /** In words. */
  @Override
  public String toString() {
    return isEmpty() ? "nothing was measured" : words(report());
  }

  /** A load of a report in words. */
  public static String words(LoadReport load) {
    String speed =
        load.tokensPerSecond()
            .map(
                rate ->
                    String.format(
                        Locale.ROOT,
                        ", %.0f tokens/s a stream%s",
                        rate,
                        load.inFlight() == 1
                            ? ""
                            : load.togetherPerSecond()
                                .map(all -> String.format(Locale.ROOT, " and %.0f together", all))
                                .orElse("")))
            .orElse("");
    return String.format(
        Locale.ROOT,
        "%d in flight: first token after %.0f ms (median) and %.0f ms (95th percentile)%s; %s",
        load.inFlight(),
        load.firstTokenMs(),
        load.firstTokenP95Ms(),
        speed,
        Counted.of(load.streams(), "stream"));
  }
}
