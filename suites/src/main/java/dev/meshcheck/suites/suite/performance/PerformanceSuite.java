package dev.meshcheck.suites.suite.performance;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.performance.Load;
import dev.meshcheck.reports.performance.PerformanceCard;
import dev.meshcheck.reports.performance.Speed;
import dev.meshcheck.reports.performance.Warmth;
import dev.meshcheck.reports.run.Measures;
import dev.meshcheck.suites.check.Alone;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How fast a host is, measured while nothing else is in flight: 42 streams, of at most some 10,000
 * tokens together. A verdict only where the user says how fast is fast enough.
 */
@Alone
public final class PerformanceSuite {

  private static final int ALONE = 10;
  private static final int ROUNDS = 3;
  private static final int LONG_PROMPTS = 4;

  /** Enough for a speed, and few enough for a bill. */
  private static final int TOKENS = 48;

  private static final int FEW = 8;
  private static final String UNMEASURED = "no stream brought text that could be measured";

  @Check(
      id = PerformanceCard.ALONE,
      title =
          "the time to the first token and the tokens per second of a stream alone are recorded",
      level = INFO,
      route = CHAT,
      source = Sources.LLM_METRICS,
      pack = Pack.PERFORMANCE,
      ifItFails = {"nothing is promised here"})
  void oneAtATime(Probe probe) {
    probe.record(told(alone(probe).load()));
  }

  @Check(
      id = PerformanceCard.TOGETHER,
      title = "the time to the first token and the tokens per second of 8 streams are recorded",
      level = INFO,
      route = CHAT,
      source = Sources.LLM_METRICS,
      pack = Pack.PERFORMANCE,
      ifItFails = {"nothing is promised here"})
  void eightAtOnce(Probe probe) {
    probe.record(told(together(probe).load()));
  }

  @Check(
      id = PerformanceCard.WARM,
      title = "how much sooner a long prompt brings its first token the second time is recorded",
      level = INFO,
      route = CHAT,
      source = Sources.CACHING,
      pack = Pack.PERFORMANCE,
      ifItFails = {"nothing is promised here: prompts are evicted, and engines take turns"})
  void warmPrompts(Probe probe) {
    List<Answered> answers = new ArrayList<>();
    for (int i = 1; i <= LONG_PROMPTS; i++) {
      Ask ask = ask(probe, "long" + i, document()).with("max_tokens", FEW);
      answers.add(stream(ask));
      answers.add(stream(ask.again(2)));
    }
    Warmth warmth = Warmth.of(speeds(answers));
    if (warmth.isEmpty()) {
      throw new Inapplicable(UNMEASURED);
    }
    probe.record(warmth.toString());
  }

  @Check(
      id = "performance.first-token-is-in-time",
      title = "19 of 20 streams bring their first token within --max-first-token",
      level = MUST,
      route = CHAT,
      source = Sources.LLM_METRICS,
      pack = Pack.PERFORMANCE,
      ifItFails = {"requests wait for others to end", "the engine is too small for the load"})
  void firstTokenIsInTime(Probe probe) {
    double most =
        probe
            .target()
            .goals()
            .firstToken()
            .orElseThrow(
                () -> new Inapplicable("no time is too long unless --max-first-token says so"))
            .toMillis();
    for (Measured one : measured(probe)) {
      one.restsOn(probe, Speed::firstToken);
      mustHold(
          one.load(),
          one.load().lateFirstToken() <= most,
          "the first token comes too late",
          String.format(Locale.ROOT, "at most %.0f ms at the 95th percentile", most));
    }
  }

  @Check(
      id = "performance.streams-are-fast-enough",
      title = "half of the streams have as many tokens per second as --min-tokens-per-second says",
      level = MUST,
      route = CHAT,
      source = Sources.LLM_METRICS,
      pack = Pack.PERFORMANCE,
      ifItFails = {"the engine is too small for the load", "a proxy paces streams"})
  void fastEnough(Probe probe) {
    int fewest =
        probe
            .target()
            .goals()
            .tokensPerSecond()
            .orElseThrow(
                () ->
                    new Inapplicable("no speed is too low unless --min-tokens-per-second says so"));
    List<Measured> told =
        measured(probe).stream().filter(one -> one.load().tokensPerSecond().isPresent()).toList();
    if (told.isEmpty()) {
      throw new Inapplicable("streams do not tell how many tokens they hold, or come all at once");
    }
    for (Measured one : told) {
      one.restsOn(probe, Speed::took);
      mustHold(
          one.load(),
          one.load().tokensPerSecond().orElseThrow() >= fewest,
          "the tokens come too slowly",
          "at least " + fewest + " tokens/s a stream at the median");
    }
  }

  /**
   * A load, and the answers that it was measured on.
   *
   * @param load what was measured
   * @param answers all of them, whether they could be measured or not
   */
  private record Measured(Load load, List<Answered> answers) {

    /** A verdict on the load is best shown by the stream that is the worst in this. */
    void restsOn(Probe probe, ToDoubleFunction<Speed> slowness) {
      answers.stream()
          .max(
              Comparator.comparingDouble(
                  answered ->
                      Measures.speed(answered.exchange()).map(slowness::applyAsDouble).orElse(0.0)))
          .ifPresent(probe::restsOn);
    }
  }

  private static void mustHold(Load load, boolean holds, String wrong, String expected) {
    String where = load.inFlight() == 1 ? " alone" : " with " + load.inFlight() + " in flight";
    Expect.that(Reason.WRONG_VALUE, holds, wrong + where, expected, load.toString());
  }

  /** What can be measured of both; one is enough. */
  private static List<Measured> measured(Probe probe) {
    List<Measured> all =
        Stream.of(alone(probe), together(probe)).filter(one -> !one.load().isEmpty()).toList();
    if (all.isEmpty()) {
      throw new Inapplicable(UNMEASURED);
    }
    return all;
  }

  private static String told(Load load) {
    if (load.isEmpty()) {
      throw new Inapplicable(
          load.inFlight() == 1
              ? UNMEASURED
              : "no %d streams were in flight at one moment: --parallel is lower, or answers are too short"
                  .formatted(load.inFlight()));
    }
    return load.toString();
  }

  private static Measured alone(Probe probe) {
    List<Answered> answers = new ArrayList<>();
    for (int i = 1; i <= ALONE; i++) {
      answers.add(stream(count(probe, "solo" + i)));
    }
    return new Measured(Load.alone(speeds(answers)), answers);
  }

  private static Measured together(Probe probe) {
    List<Answered> answers = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      answers.addAll(round(probe, round));
    }
    return new Measured(Load.atOnce(PerformanceCard.AT_ONCE, speeds(answers)), answers);
  }

  /** The number of a round is that of the sending, so that its streams can be told apart. */
  private static List<Answered> round(Probe probe, int round) {
    List<Supplier<Answered>> sendings =
        IntStream.rangeClosed(1, PerformanceCard.AT_ONCE)
            .mapToObj(i -> count(probe, "octet" + round + "x" + i).again(round))
            .<Supplier<Answered>>map(ask -> ask::stream)
            .toList();
    List<Answered> answers = probe.together(sendings);
    answers.forEach(answered -> Given.that(() -> answered.events().mustBeWellFormed()));
    return answers;
  }

  private static Answered stream(Ask ask) {
    Said.unlessRefused(ask.asStream(), "a stream that tells its usage");
    Given.stream(ask);
    return ask.stream();
  }

  private static List<Speed> speeds(List<Answered> answers) {
    return answers.stream()
        .map(Answered::exchange)
        .map(Measures::speed)
        .flatMap(Optional::stream)
        .toList();
  }

  private static Ask count(Probe probe, String word) {
    return ask(probe, word, "Count from 1 to 100, with a space between the numbers.");
  }

  /** Behind a word of this run, so that no cache of prompts knows it. */
  private static Ask ask(Probe probe, String word, String text) {
    return probe
        .chat(probe.nonce(word) + ": " + text)
        .with("max_tokens", TOKENS)
        .with("stream_options", Map.of("include_usage", true));
  }

  private static String document() {
    return IntStream.range(0, 60)
        .mapToObj(i -> "Box " + i + " holds " + i * 7 % 31 + " old coins.")
        .collect(Collectors.joining(" ", "", " How many boxes are there?"));
  }
}
