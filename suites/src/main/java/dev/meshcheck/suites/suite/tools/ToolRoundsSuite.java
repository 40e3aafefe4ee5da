package dev.meshcheck.suites.suite.tools;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static dev.meshcheck.suites.suite.tools.ToolRounds.PARIS;
import static dev.meshcheck.suites.suite.tools.ToolRounds.call;
import static dev.meshcheck.suites.suite.tools.ToolRounds.city;
import static dev.meshcheck.suites.suite.tools.ToolRounds.id;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Cut;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Marks;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Tools;
import dev.meshcheck.suites.check.Tries;
import java.util.List;

/** What an agent lives by: call, result, call, result, answer. */
public final class ToolRoundsSuite {

  private static final String QUESTION =
      "What is the temperature in %s and in Oslo? Use the tool for each, then tell me both.";

  private static Ask twoRounds(Probe probe) {
    return ToolRounds.asking(String.format(QUESTION, "Paris"))
        .called(call(id(0), city("Paris")))
        .result(id(0), "{\"city\": \"Paris\", \"celsius\": 17}")
        .called(call(id(1), city("Oslo")))
        .result(id(1), "{\"city\": \"Oslo\", \"celsius\": 12}")
        .ask(probe);
  }

  private static Ask turnedRound(Probe probe) {
    return ToolRounds.asking(String.format(QUESTION, "Tokyo"))
        .called(call(id(0), city("Tokyo")), call(id(1), city("Oslo")))
        .result(id(1), "{\"city\": \"Oslo\", \"celsius\": 12}")
        .result(id(0), "{\"city\": \"Tokyo\", \"celsius\": 29}")
        .ask(probe);
  }

  /** What is said once the tools have answered; who calls them again has not read the results. */
  private static String said(Answered answered) {
    List<Json> calls = Tools.callsOf(Cut.isNot(Said.taken(answered).json()));
    Expect.that(
        Reason.WRONG_VALUE,
        calls.isEmpty(),
        "the model calls the tool again, which has answered everything",
        "an answer in words",
        calls.toString());
    return Said.content(answered);
  }

  @Check(
      id = "tools.second-round-is-used",
      title = "the results of two rounds of calls are taken up in the answer that follows them",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {
        "the gateway keeps one round of calls and drops the next",
        "the chat template renders tool calls of the last turn only"
      })
  void secondRound(Probe probe) {
    ToolRounds.givenOne(probe);
    Tries.of(
        probe,
        twoRounds(probe),
        answered -> {
          String said = said(answered);
          Said.mustHold("the answer after two rounds", said, "17");
          Said.mustHold("the answer after two rounds", said, "12");
        });
  }

  @Check(
      id = "tools.parallel-results-come-in-any-order",
      title = "results of parallel calls are taken up whichever of them comes first",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {
        "results are matched by their place and not by tool_call_id",
        "one result for each function is kept"
      })
  void anyOrder(Probe probe) {
    ToolRounds.givenOne(probe);
    Tries.of(
        probe,
        turnedRound(probe),
        answered -> {
          String said = said(answered);
          Said.mustHold("the answer to two results", said, "29");
          Said.mustHold("the answer to two results", said, "12");
        });
  }

  /** A second question, behind a call that has its result and an answer. */
  static Ask secondTurn(Probe probe) {
    ToolRounds rounds =
        ToolRounds.asking(Tools.WEATHER_QUESTION)
            .called(call(id(0), city("Paris")))
            .result(id(0), PARIS);
    return rounds
        .said("It is 17.25 degrees in Paris.", "And what is the weather in Oslo? Use the tool.")
        .ask(probe);
  }

  @Check(
      id = "tools.next-turn-has-new-ids",
      title = "a call in the next turn of a conversation has an id that no earlier call has",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {
        "ids count the calls of an answer, not those of the conversation: results are taken for"
            + " those of an earlier call"
      })
  void newIds(Probe probe) {
    ToolRounds.givenOne(probe);
    Tries.untilGood(
        probe,
        secondTurn(probe),
        answered -> {
          List<Json> calls = Tools.callsOf(Said.taken(answered).json());
          if (calls.isEmpty()) {
            throw new Inapplicable("the model called no tool in the second turn");
          }
          for (Json call : calls) {
            String given = Given.text(call.at("/id"));
            Expect.that("the id of a call in the next turn", given, is(not(id(0))));
          }
        });
  }

  @Check(
      id = "tools.no-marks-after-the-result",
      title = "the answer to the results of tools holds no mark of a call or of a thought",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {
        "the tool-call parser is not the one for this model",
        "a reasoning parser is missing beside the tool-call parser"
      })
  void noMarks(Probe probe) {
    ToolRounds.givenOne(probe);
    Answered answered = Said.unlessRefused(twoRounds(probe), "two rounds of calls");
    Marks.mustNotStandBesideACall("the answer", Said.content(answered));
  }
}
