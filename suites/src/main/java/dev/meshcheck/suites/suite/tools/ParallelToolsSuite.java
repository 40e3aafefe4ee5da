package dev.meshcheck.suites.suite.tools;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Cut;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Schema;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Streams;
import dev.meshcheck.suites.check.Tools;
import dev.meshcheck.suites.check.Tries;
import java.util.HashSet;
import java.util.List;

/** Several tool calls in one answer. */
public final class ParallelToolsSuite {

  static Ask two(Probe probe) {
    String text = "What is the weather in Paris and in Tokyo? Use the tool for each.";
    return Tools.ask(probe).with("messages", Probe.messages("user", text));
  }

  @Check(
      id = "tools.parallel-calls",
      title = "whether two questions at once get two calls in one answer is recorded",
      level = INFO,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"nothing is promised here: many models make one call at a time"})
  void parallel(Probe probe) {
    Json answer = Said.unlessRefused(two(probe), "tools").json();
    int calls = Tools.callsOf(answer).size();
    if (calls < 2) {
      throw new Inapplicable("the model made no two calls in one answer");
    }
    probe.record(calls + " calls for two cities");
  }

  @Check(
      id = "tools.parallel-off-gives-one",
      title = "with parallel_tool_calls false an answer holds at most one call",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"the gateway drops parallel_tool_calls"})
  void parallelOff(Probe probe) {
    Ask ask = two(probe).with("parallel_tool_calls", false);
    Json answer = Said.unlessRefused(ask, "parallel_tool_calls").json();
    Expect.that("the number of calls", Tools.callsOf(answer).size(), is(lessThanOrEqualTo(1)));
  }

  @Check(
      id = "tools.streamed-parallel-off-gives-one",
      title = "with parallel_tool_calls false a stream holds at most one call, too",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      pack = Pack.FULL,
      ifItFails = {"parallel_tool_calls is dropped where an answer is streamed"})
  void streamedParallelOff(Probe probe) {
    Ask ask = two(probe).with("parallel_tool_calls", false);
    List<Json> chunks = Given.chunks(Said.unlessRefused(ask.stream(), "parallel_tool_calls"));
    CallFragments calls = Given.that(() -> CallFragments.of(chunks));
    Expect.that(
        "the number of streamed calls",
        calls.none() ? 0 : Given.that(calls::names).size(),
        is(lessThanOrEqualTo(1)));
  }

  @Check(
      id = "tools.call-ids-differ",
      title = "no two tool calls of an answer have the same id",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"ids are made from the name of the function"})
  void callIdsDiffer(Probe probe) {
    List<Json> calls = Tools.callsOf(Said.unlessRefused(two(probe), "tools").json());
    if (calls.size() < 2) {
      throw new Inapplicable("the model made no two calls in one answer");
    }
    List<String> ids = calls.stream().map(call -> Given.text(call.at("/id"))).toList();
    Expect.that("the number of different ids", new HashSet<>(ids).size(), is(ids.size()));
  }

  @Check(
      id = "tools.streamed-parallel-calls-are-apart",
      title = "the fragments of two streamed calls can be told apart",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"every fragment has index 0", "both calls have the same id"})
  void streamedParallel(Probe probe) {
    List<Json> whole = Tools.callsOf(Said.unlessRefused(two(probe), "tools").json());
    CallFragments fragments = CallFragments.of(Cut.isNot(Given.stream(two(probe)).chunks()));
    if (whole.size() < 2 || fragments.none()) {
      throw new Inapplicable("the model made no two calls in one answer");
    }
    fragments.mustBeginOnce();
    List<Json> arguments = fragments.arguments();
    List<String> ids = fragments.ids();
    Expect.that("the number of different ids", new HashSet<>(ids).size(), is(arguments.size()));
  }

  @Check(
      id = "tools.streamed-parallel-calls-all-come",
      title = "a stream has as many calls as the whole answer to the same request",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"a streaming parser ends with the first call, and the others are lost"})
  void streamedParallelAllCome(Probe probe) {
    Said.unlessRefused(two(probe), "tools");
    // A model without randomness may still choose otherwise.
    Tries.pairs(probe, nth -> mustAllCome(nth == 1 ? two(probe) : two(probe).again(nth)));
  }

  private static void mustAllCome(Ask ask) {
    int whole = Tools.callsOf(Said.whole(ask.send(), "tools")).size();
    CallFragments fragments =
        Given.that(() -> CallFragments.of(Cut.isNot(Given.stream(ask).chunks())));
    if (whole < 2 || fragments.none()) {
      throw new Inapplicable("the model made no two calls in one answer");
    }
    Given.that(fragments::mustBeginOnce);
    Expect.that(
        "the number of streamed calls, beside that of the whole answer,",
        fragments.indexes().size(),
        is(greaterThanOrEqualTo(whole)));
  }

  @Check(
      id = "tools.streamed-calls-come-before-the-end",
      title = "no fragment of two streamed calls comes behind the finish_reason",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"the parser sends what it kept back when the choice is over already"})
  void streamedBeforeTheEnd(Probe probe) {
    Said.unlessRefused(two(probe), "tools");
    Streams.mustEndWithTheirReasons(Given.stream(two(probe)).chunks());
  }

  @Check(
      id = "tools.streamed-call-behind-an-empty-one",
      title = "a streamed call keeps its arguments behind a call without any",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {
        "a streaming parser waits for arguments of the first call, and loses the others"
      })
  void behindAnEmptyOne(Probe probe) {
    Said.unlessRefused(Tools.ask(probe), "tools");
    String text = "What time is it, and what is the weather in Paris? Use a tool for each.";
    Ask ask =
        Tools.ask(probe)
            .with("messages", Probe.messages("user", text))
            .with("tools", Tools.timeForChat().addAll(Tools.forChat()));
    Tries.untilGood(probe, ask.asStream(), ParallelToolsSuite::mustKeepArguments);
  }

  private static void mustKeepArguments(Answered answered) {
    Said.unlessRefused(answered, "two tools");
    List<Json> chunks = Cut.isNot(Given.chunks(answered));
    CallFragments calls = Given.that(() -> CallFragments.of(chunks));
    Given.that(calls::mustBeginOnce);
    List<String> names = Given.that(calls::names);
    int empty = names.indexOf(Tools.GET_TIME);
    if (empty < 0 || names.lastIndexOf(Tools.GET_WEATHER) < empty) {
      throw new Inapplicable("the model made no call behind one without arguments");
    }
    calls
        .argumentsOf(Tools.GET_WEATHER)
        .forEach(a -> Schema.mustHold("the parameters that were sent", Tools.weatherSchema(), a));
  }
}
