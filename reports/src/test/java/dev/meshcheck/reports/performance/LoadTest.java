package dev.meshcheck.reports.performance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is told of streams that were measured. */
class LoadTest {

  /** A stream of 41 tokens, of which the first comes after that time and the last 400 ms later. */
  private static Speed stream(int attempt, double from, double firstToken) {
    return new Speed(
        attempt, from, firstToken + 400, firstToken, firstToken + 400, OptionalLong.of(41));
  }

  private static List<Speed> round(int attempt, double from, int streams, double apart) {
    return IntStream.range(0, streams)
        .mapToObj(i -> stream(attempt, from + i * apart, 100))
        .toList();
  }

  @Test
  void theMedianIsTheMiddleAndThe95thPercentileHasOneOfTwentyBehindIt() {
    List<Speed> streams =
        IntStream.rangeClosed(1, 20).mapToObj(i -> stream(1, 1000.0 * i, 10 * i)).toList();
    Load load = Load.alone(streams);
    assertEquals(100, load.firstToken());
    assertEquals(190, load.lateFirstToken());
    assertEquals(OptionalDouble.of(100), load.tokensPerSecond());
    assertEquals(
        "1 in flight: first token after 100 ms (median) and 190 ms (95th percentile),"
            + " 100 tokens/s a stream; 20 streams",
        load.toString());
  }

  @Test
  void oneStreamIsItsOwnMedianAndPercentile() {
    Load load = Load.alone(List.of(stream(1, 0, 70)));
    assertEquals(70, load.firstToken());
    assertEquals(70, load.lateFirstToken());
  }

  @Test
  void onlyRoundsCountWhoseStreamsWereAllInFlightAtOneMoment() {
    List<Speed> streams = new ArrayList<>(round(1, 0, 8, 10));
    streams.addAll(round(2, 5000, 8, 80));
    streams.addAll(round(3, 9000, 7, 10));
    Load load = Load.atOnce(8, streams);
    assertEquals(streams.subList(0, 8), load.streams());
    assertTrue(Load.atOnce(8, streams.subList(8, 23)).isEmpty());
  }

  @Test
  void tokensTogetherAreThoseOfARoundByTheTimeThatItTook() {
    List<Speed> streams = new ArrayList<>(round(1, 0, 8, 0));
    streams.addAll(round(2, 70_000, 8, 0));
    Load load = Load.atOnce(8, streams);
    assertEquals(OptionalDouble.of(2 * 8 * 41 / 1.0), load.together());
    assertTrue(load.toString().contains(", 100 tokens/s a stream and 656 together; 16 streams"));
  }

  @Test
  void whatIsNotToldOrComesAtOnceHasNoSpeed() {
    Speed untold = new Speed(1, 0, 500, 100, 500, OptionalLong.empty());
    Speed atOnce = new Speed(1, 0, 500, 100, 100.5, OptionalLong.of(41));
    Load load = Load.alone(List.of(untold, atOnce));
    assertEquals(OptionalDouble.empty(), load.tokensPerSecond());
    assertEquals(OptionalDouble.empty(), load.together());
    assertEquals(
        "1 in flight: first token after 100 ms (median) and 100 ms (95th percentile); 2 streams",
        load.toString());
  }

  @Test
  void thePromptsThatWereSentAgainAreWarm() {
    Warmth warmth =
        Warmth.of(List.of(stream(1, 0, 300), stream(2, 1000, 60), stream(1, 2000, 320)));
    assertEquals(
        "long prompts: first token after 300 ms cold and 60 ms warm (medians), 5.0 times as fast;"
            + " 1 prompt",
        warmth.toString());
    assertTrue(Warmth.of(List.of(stream(1, 0, 300))).isEmpty());
  }
}
