package dev.meshcheck.suites.suite.sampling;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.fixtures.surface.RouteName.COMPLETIONS;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;

/** Which seeds are taken: clients draw them from 64 bits. */
public final class SeedRangeSuite {

  /** Above 32 bits, with and without a sign, and whole in every parser of JSON. */
  private static final long LARGE = (1L << 53) - 1;

  private static void mustBeTaken(Ask plain) {
    Ask brief = plain.with("max_tokens", 1);
    Answered answered = brief.with("seed", LARGE).send();
    if (answered.isRefusedAsBad()) {
      Said.unlessRefused(brief.with("seed", 7), "seeds");
    }
    Said.taken(answered);
  }

  @Check(
      id = "chat.large-seeds-are-taken",
      title = "where seeds are taken, one of more than 32 bits is",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"the gateway or the engine reads seeds as numbers of 32 bits"})
  void chat(Probe probe) {
    mustBeTaken(probe.chat(Basis.HELLO));
  }

  @Check(
      id = "completions.large-seeds-are-taken",
      title = "where completions take seeds, one of more than 32 bits is taken",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      pack = Pack.FULL,
      ifItFails = {"the gateway or the engine reads seeds as numbers of 32 bits"})
  void completions(Probe probe) {
    mustBeTaken(probe.completions(Basis.HELLO));
  }
}
