package dev.meshcheck.suites.suite.cache;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.fixtures.surface.RouteName.COMPLETIONS;
import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.meshcheck.fixtures.surface.RouteName;
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
import dev.meshcheck.suites.check.Tries;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the host tells of cached tokens. That a prompt was evicted, or goes to another engine, is
 * legal at any time, so that none are cached is a fault only where it is so every time.
 */
public final class CachedTokensSuite {

  private static final String UNTOLD = "the host tells of no cached tokens";

  @Check(
      id = "cache.repeats-cost-the-same",
      title = "a long prompt costs the same prompt tokens cold, warm and four times at once",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CACHE,
      ifItFails = {
        "tokens that were cached are left out of the count",
        "cached tokens are counted twice"
      })
  void repeatsCostTheSame(Probe probe) {
    Series series = Series.of(probe);
    long cold = Cached.of(series.cold()).told().prompt();
    series.warm().forEach(answered -> Cached.of(answered).mustCost(cold));
  }

  @Check(
      id = "cache.cached-tokens-are-part-of-the-prompt",
      title = "cached tokens of long prompts, whole and streamed, are part of prompt_tokens",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CACHE,
      ifItFails = {"cached tokens are counted on top", "the cache counts across requests"})
  void partOfThePrompt(Probe probe) {
    Series series = Series.of(probe);
    Stream.concat(series.all().stream(), Stream.of(Series.another(probe)))
        .forEach(answered -> Cached.of(answered).mustFit());
    streamed(probe, 1).mustFit();
  }

  @Check(
      id = "cache.cached-tokens-end-where-prompts-differ",
      title = "of a prompt that differs late no more tokens are cached than it shares",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_PREFIX_CACHE,
      ifItFails = {
        "the cache takes prompts for equal that differ late",
        "tokens are told as cached, and billed so, that were computed"
      })
  void endWhereTheyDiffer(Probe probe) {
    Cached cached = Cached.of(Series.another(probe));
    Expect.that(
        "the cached tokens of a prompt of "
            + cached.told().prompt()
            + " tokens, the last "
            + LongPrompts.WORDS_BEHIND
            + " of which were never sent before,",
        cached.tokens(),
        is(lessThanOrEqualTo(cached.told().prompt() - LongPrompts.WORDS_BEHIND)));
  }

  @Check(
      id = "cache.streams-tell-cached-tokens",
      title = "streams tell of cached tokens where whole answers do, and the other way round",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CACHE,
      ifItFails = {"the usage of streams is gathered by other code than that of whole answers"})
  void streamsTellThem(Probe probe) {
    boolean whole = chatTells(probe);
    if (!whole && streamed(probe, 1).tokens() == 0) {
      throw new Inapplicable(UNTOLD);
    }
    probe.restsOn(Series.of(probe).warm().get(0));
    Expect.that("whether one of five whole answers to a warm prompt tells so", whole, is(true));
    Tries.untilGood(
        probe,
        nth ->
            Expect.that(
                "the cached tokens that the stream of a warm prompt tells",
                streamed(probe, nth).tokens(),
                is(greaterThan(0L))));
  }

  private static Cached streamed(Probe probe, int nth) {
    Ask ask = LongPrompts.counting(LongPrompts.inMessage(probe, Series.FIRST));
    return Cached.ofStream(Given.stream(nth == 1 ? ask : ask.again(nth)).chunks());
  }

  @Check(
      id = "cache.n-2-counts-cached-tokens-once",
      title = "with n 2 a warm prompt and its cached tokens are counted once",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CACHE,
      pack = Pack.FULL,
      ifItFails = {"usage adds up what each choice read from the cache"})
  void twoChoices(Probe probe) {
    Series series = Series.of(probe);
    Ask ask = LongPrompts.inMessage(probe, Series.FIRST).with("n", 2).with("temperature", 0.8);
    Cached cached = Cached.of(Said.unlessRefused(ask, "n above 1"));
    cached.mustCost(Cached.of(series.cold()).told().prompt());
    cached.mustFit();
  }

  @Check(
      id = "cache.cached-tokens-grow",
      title = "cached tokens grow with the conversation",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CACHE,
      pack = Pack.FULL,
      ifItFails = {
        "the template renders earlier turns anew, so that only the first message is shared",
        "the cache keeps first requests alone"
      })
  void grow(Probe probe) {
    if (!chatTells(probe)) {
      throw new Inapplicable(UNTOLD);
    }
    Tries.untilGood(
        probe,
        nth -> {
          String start = probe.nonce("swan" + nth) + " " + LongPrompts.shelves(0, 40);
          long first = turn(probe, List.of("user", start)).told().prompt();
          List<String> turns = new ArrayList<>(List.of("user", start, "assistant", "Noted."));
          turns.addAll(List.of("user", LongPrompts.shelves(40, 75)));
          long second = turn(probe, turns).tokens();
          if (second < first / 2) {
            throw new Inapplicable(
                second + " of the " + first + " tokens of the first turn are cached in the second");
          }
          turns.addAll(List.of("assistant", "Noted too.", "user", "Thank you."));
          Expect.that(
              "the cached tokens of the third turn of a conversation",
              turn(probe, turns).tokens(),
              is(greaterThan(second)));
        });
  }

  private static Cached turn(Probe probe, List<String> turns) {
    Ask ask = probe.conversation(turns.toArray(String[]::new)).with("max_tokens", 4);
    return Cached.of(ask.send());
  }

  @Check(
      id = "cache.completions-count-warm-prompts-alike",
      title = "a long prompt of a completion costs the same warm, and cached tokens are part of it",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.OPENAI_CACHE,
      pack = Pack.FULL,
      ifItFails = {"tokens that were cached are left out of the count, or counted twice"})
  void completionsCountAlike(Probe probe) {
    mustCountAlike(probe, COMPLETIONS);
  }

  @Check(
      id = "cache.responses-count-warm-inputs-alike",
      title = "a long input of a response costs the same warm, and cached tokens are part of it",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_CACHE,
      pack = Pack.FULL,
      ifItFails = {"tokens that were cached are left out of the count, or counted twice"})
  void responsesCountAlike(Probe probe) {
    mustCountAlike(probe, RESPONSES);
  }

  private static void mustCountAlike(Probe probe, RouteName route) {
    Cached cold = Cached.of(ask(probe, route).send());
    cold.mustFit();
    Cached warm = Cached.of(ask(probe, route).again(2).send());
    warm.mustCost(cold.told().prompt());
    warm.mustFit();
    Cached streamed = streamed(probe, route, 1);
    streamed.mustCost(cold.told().prompt());
    streamed.mustFit();
  }

  @Check(
      id = "cache.completions-tell-cached-tokens",
      title = "completions, whole and streamed, tell of cached tokens where chat does",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_CACHE,
      pack = Pack.FULL,
      ifItFails = {"the usage of each route is gathered by other code"})
  void completionsTellThem(Probe probe) {
    mustTell(probe, COMPLETIONS);
  }

  @Check(
      id = "cache.responses-tell-cached-tokens",
      title = "responses, whole and streamed, tell of cached tokens where chat does",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_CACHE,
      pack = Pack.FULL,
      ifItFails = {"the usage of each route is gathered by other code"})
  void responsesTellThem(Probe probe) {
    mustTell(probe, RESPONSES);
  }

  private static void mustTell(Probe probe, RouteName route) {
    if (probe.target().surface().route(CHAT).isEmpty() || !Given.that(() -> chatTells(probe))) {
      throw new Inapplicable(UNTOLD);
    }
    Given.that(() -> Cached.of(ask(probe, route).send()));
    Tries.untilGood(
        probe,
        nth -> mustTell(route + " of a warm prompt", Cached.of(warm(probe, route, nth + 1))));
    Tries.untilGood(
        probe,
        nth -> mustTell("a stream of " + route + " of a warm prompt", streamed(probe, route, nth)));
  }

  private static boolean chatTells(Probe probe) {
    return Series.of(probe).warm().stream().anyMatch(one -> Cached.of(one).tokens() > 0);
  }

  private static void mustTell(String what, Cached cached) {
    Expect.that("the cached tokens that " + what + " tells", cached.tokens(), is(greaterThan(0L)));
  }

  private static Answered warm(Probe probe, RouteName route, int nth) {
    return ask(probe, route).again(nth).send();
  }

  private static Cached streamed(Probe probe, RouteName route, int nth) {
    Ask ask = ask(probe, route);
    Ask counting = route == COMPLETIONS ? LongPrompts.counting(ask) : ask;
    return Cached.ofStream(Given.stream(nth == 1 ? counting : counting.again(nth)).chunks());
  }

  private static Ask ask(Probe probe, RouteName route) {
    return LongPrompts.on(route, probe, "robin");
  }
}
