package dev.meshcheck.suites.suite.tools;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static dev.meshcheck.suites.suite.tools.ToolRounds.PARIS;
import static dev.meshcheck.suites.suite.tools.ToolRounds.call;
import static dev.meshcheck.suites.suite.tools.ToolRounds.city;
import static dev.meshcheck.suites.suite.tools.ToolRounds.id;

import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Reach;
import dev.meshcheck.suites.check.Refusals;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Tools;
import dev.meshcheck.suites.check.Usage;
import java.util.List;

/** Calls and results of earlier turns that came out wrong, or long. */
public final class LongHistorySuite {

  /** Three thousand characters, as a page or a log of a build has them. */
  private static final String PAGE = "17 degrees, and no rain in the city all day; ".repeat(70);

  /** Empty, as models call functions without parameters; cut by a limit; and no object. */
  private static final List<String> BROKEN = List.of("", "{\"city\": \"Par", "Paris");

  private static Ask after(Probe probe, String arguments, String result) {
    return ToolRounds.asking(Tools.WEATHER_QUESTION)
        .called(call(id(0), arguments))
        .result(id(0), result)
        .ask(probe)
        .with("max_tokens", 1);
  }

  @Check(
      id = "tools.long-results-reach-the-model",
      title = "the end of a tool's result of 3,000 characters is part of the prompt",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      pack = Pack.FULL,
      ifItFails = {"long results are cut without a word, to save context"})
  void longResults(Probe probe) {
    ToolRounds.givenOne(probe);
    Reach.mustCost(
        "the end of a long result of a tool",
        text -> {
          Ask ask = after(probe, city("Paris"), PAGE + text);
          Json answer = Given.that(() -> Said.unlessRefused(ask, "a long result").json());
          return Usage.given(answer.at("/usage")).prompt();
        });
  }

  @Check(
      id = "tools.broken-arguments-of-a-history-are-survived",
      title =
          "a history with arguments that are empty, cut or no JSON is never answered with a 5xx",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      pack = Pack.FULL,
      ifItBreaks = {
        "the server reads arguments of earlier calls as JSON, and agents give back what a limit cut"
      })
  void brokenArguments(Probe probe) {
    ToolRounds.givenOne(probe);
    for (String arguments : BROKEN) {
      Refusals.mustNotBeServerError(after(probe, arguments, PARIS).send());
    }
  }
}
