package dev.meshcheck.suites.suite.cache;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.INFO;

import dev.meshcheck.reports.run.Measures;
import dev.meshcheck.suites.check.Alone;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Events;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import java.util.Locale;

/** How much time a warm prompt saves; measured while nothing else is in flight. */
@Alone
public final class CacheSpeedSuite {

  @Check(
      id = "cache.speed-up",
      title = "the time to the first token of a long prompt, cold and warm, is recorded",
      level = INFO,
      route = CHAT,
      source = Sources.CACHING,
      ifItFails = {"nothing is promised here: prompts are evicted, and engines take turns"})
  void speedUp(Probe probe) {
    Ask ask = LongPrompts.counting(LongPrompts.inMessage(probe, "raven").with("max_tokens", 8));
    Said.unlessRefused(ask.asStream(), "a long prompt");
    Events cold = Given.stream(ask);
    Events warm = Given.stream(ask.again(2));
    probe.record(
        told(
            firstTextMs(ask),
            firstTextMs(ask.again(2)),
            Cached.ofStream(warm.chunks()).tokens(),
            Cached.ofStream(cold.chunks()).told().prompt()));
  }

  /** Events without a text, which some hosts send at once, are no token. */
  private static double firstTextMs(Ask ask) {
    return Measures.firstTokenMs(ask.stream().exchange())
        .orElseThrow(() -> new Inapplicable("the stream of a long prompt brings no text"));
  }

  static String told(double coldMs, double warmMs, long cached, long prompt) {
    return String.format(
        Locale.ROOT,
        "first token after %.0f ms cold and %.0f ms warm, %.1f times as fast;"
            + " %d of %d prompt tokens came from the cache",
        coldMs,
        warmMs,
        coldMs / Math.max(warmMs, 0.1),
        cached,
        prompt);
  }
}
