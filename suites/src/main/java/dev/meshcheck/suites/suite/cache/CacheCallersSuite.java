package dev.meshcheck.suites.suite.cache;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.MUST;

import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.CouldNotRun;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** That nobody reads through a cache what another caller said. */
public final class CacheCallersSuite {

  @Check(
      id = "cache.users-are-kept-apart",
      title = "of two users whose prompts begin alike neither gets to read what the other said",
      level = MUST,
      route = CHAT,
      source = Sources.VLLM_PREFIX_CACHE,
      when = Trait.USER_ID,
      ifItFails = {
        "the gateway caches answers by what is asked, whoever asks",
        "users share a cache that takes prompts for equal that differ late"
      })
  void users(Probe probe) {
    Target.Second second = probe.target().second();
    String id = second.userId().orElseThrow(() -> missing("user id", "MESHCHECK_SECOND_USER_ID"));
    List<UnaryOperator<Ask>> ways = new ArrayList<>(List.of(ask -> ask.userId(id)));
    second.key().ifPresent(key -> ways.add(ask -> ask.userId(id).key(key)));
    mustBeKeptApart(probe, new Words("user", "magpie", "weasel"), ways);
  }

  @Check(
      id = "cache.keys-are-kept-apart",
      title = "of two keys whose prompts begin alike neither gets to read what the other said",
      level = MUST,
      route = CHAT,
      source = Sources.VLLM_PREFIX_CACHE,
      ifItFails = {
        "the gateway caches answers by what is asked, whoever asks",
        "keys share a cache that takes prompts for equal that differ late"
      })
  void keys(Probe probe) {
    Target.Second second = probe.target().second();
    String key = second.key().orElseThrow(() -> missing("key", "MESHCHECK_SECOND_KEY"));
    List<UnaryOperator<Ask>> ways = new ArrayList<>(List.of(ask -> ask.key(key)));
    second.userId().ifPresent(id -> ways.add(ask -> ask.userId(id).key(key)));
    mustBeKeptApart(probe, new Words("key", "plover", "curlew"), ways);
  }

  private static Inapplicable missing(String what, String variable) {
    return new Inapplicable("no second " + what + " is configured; " + variable + " sets one");
  }

  /**
   * What is said.
   *
   * @param start what all prompts begin with, and what the callers differ in
   * @param mine the code word of the first caller
   * @param theirs that of the second
   */
  private record Words(String start, String mine, String theirs) {}

  /**
   * Fails where a code word comes to who never said it.
   *
   * @param ways how to ask as the second caller, the one that differs in least first
   */
  private static void mustBeKeptApart(Probe probe, Words words, List<UnaryOperator<Ask>> ways) {
    String start = words.start();
    Ask mine = LongPrompts.fresh(probe, start, words.mine());
    Said.unlessRefused(mine, "a long prompt");
    Ask theirs = LongPrompts.fresh(probe, start, words.theirs());
    UnaryOperator<Ask> second = way(probe, start, theirs, ways);
    Answered answered = Given.answered(second.apply(theirs));
    mustNotHold(answered, "second " + start, probe.nonce(words.mine()));
    Answered asked = Given.answered(second.apply(LongPrompts.wordless(probe, start)));
    mustNotHold(asked, "second " + start, probe.nonce(words.mine()));
    Answered again = Given.answered(mine.again(2));
    mustNotHold(again, "first " + start, probe.nonce(words.theirs()));
    probe.restsOn(answered);
    probe.record(
        "the second %s read %d prompt tokens from the cache that only the first had sent"
            .formatted(start, cached(answered)));
  }

  /** The first way in which the host takes the second caller. */
  private static UnaryOperator<Ask> way(
      Probe probe, String what, Ask ask, List<UnaryOperator<Ask>> ways) {
    int status = 0;
    for (UnaryOperator<Ask> way : ways) {
      Answered answered = way.apply(ask).send();
      status = Given.that(answered::status);
      if (status < 400 || status > 499) {
        return way;
      }
    }
    throw new CouldNotRun(
        Reason.PREREQUISITE_FAILED,
        "the second %s is refused with %d; name one that may ask for %s"
            .formatted(what, status, probe.model()));
  }

  private static void mustNotHold(Answered answered, String whose, String nonce) {
    String said = Said.everything(answered);
    Expect.that(
        Reason.WRONG_VALUE,
        !said.toLowerCase(Locale.ROOT).contains(nonce),
        "the answer to the " + whose + " holds a code word that only the other said",
        "an answer without " + nonce,
        said);
  }

  private static long cached(Answered answered) {
    Json told = answered.json().at("/usage/prompt_tokens_details/cached_tokens");
    return Given.that(told::optionalInteger).orElse(0L);
  }
}
