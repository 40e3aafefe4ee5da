package dev.meshcheck.suites.suite.sampling;

import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;

/** That the two sampling parameters of POST /v1/responses do what they are for, or are refused. */
public final class ResponsesSamplingSuite {

  private static final Oracles ORACLES = new Oracles(Teller.RESPONSES);

  @Check(
      id = "responses.temperature-2-varies",
      title = "temperature 2 gives another text than 0, in one of three tries, or is refused",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      pack = Pack.FULL,
      ifItFails = {"temperature is dropped on the way", "a cache knows the input alone"})
  void temperature2Varies(Probe probe) {
    ORACLES.temperature2Varies(probe);
  }

  @Check(
      id = "responses.tiny-top-p-is-greedy",
      title = "a top_p next to 0 gives the likeliest text at temperature 2, or is refused",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      pack = Pack.FULL,
      ifItFails = {"top_p is dropped on the way"})
  void tinyTopPIsGreedy(Probe probe) {
    ORACLES.isGreedy(probe, "top_p", 0.001);
  }
}
