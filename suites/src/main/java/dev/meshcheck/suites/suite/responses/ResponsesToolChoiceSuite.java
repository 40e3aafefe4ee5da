package dev.meshcheck.suites.suite.responses;

import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Tools;
import dev.meshcheck.suites.check.Tries;
import java.util.List;
import java.util.Map;

/** Which tools POST /v1/responses calls, and how many at once: by what the request says of it. */
public final class ResponsesToolChoiceSuite {

  @Check(
      id = "responses.choices-are-taken",
      title = "where tools are taken, tool_choice required, none and a named function are, too",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"the gateway knows tool_choice auto alone"})
  void choicesAreTaken(Probe probe) {
    Said.mustTakeEveryToolChoice(probe);
    Said.unlessRefused(ResponsesToolsSuite.ask(probe), "tools");
    for (Ask choice : List.of(noneAsked(probe), requiredAsked(probe), namedAsked(probe))) {
      choice.send().mustBe(200);
    }
  }

  private static Ask noneAsked(Probe probe) {
    return ResponsesToolsSuite.ask(probe).with("tool_choice", "none");
  }

  /** Nothing in the question asks for a tool. */
  private static Ask requiredAsked(Probe probe) {
    return ResponsesToolsSuite.ask(probe)
        .with("input", Basis.HELLO)
        .with("tool_choice", "required");
  }

  private static Ask namedAsked(Probe probe) {
    return ResponsesToolsSuite.ask(probe)
        .with("input", Basis.HELLO)
        .with("tools", Tools.timeForResponses().addAll(Tools.forResponses()))
        .with("tool_choice", Map.of("type", "function", "name", Tools.GET_WEATHER));
  }

  @Check(
      id = "responses.none-calls-none",
      title = "with tool_choice none no tool is called",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"the gateway drops tool_choice"})
  void none(Probe probe) {
    Said.mustTakeEveryToolChoice(probe);
    List<Json> calls =
        Tools.callItems(Said.unlessRefused(noneAsked(probe), "tool_choice none").json());
    Expect.that("the tool calls", calls, is(empty()));
  }

  @Check(
      id = "responses-stream.none-calls-none",
      title = "with tool_choice none no tool is called in a stream either",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"tool_choice is dropped where a response is streamed"})
  void noneStreamed(Probe probe) {
    Said.mustTakeEveryToolChoice(probe);
    Answered answered = noneAsked(probe).stream();
    List<Json> events = Given.chunks(Said.unlessRefused(answered, "tool_choice none"));
    Expect.that("the streamed tool calls", callsAdded(events), is(empty()));
  }

  @Check(
      id = "responses.named-calls-that-one",
      title = "with a function named in tool_choice that function of two is called",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {
        "the gateway drops tool_choice",
        "a named choice is read as required, and any tool is called"
      })
  void named(Probe probe) {
    Said.mustTakeEveryToolChoice(probe);
    Tries.of(
        probe,
        namedAsked(probe),
        answered -> {
          Json response = Said.whole(answered, "a named tool_choice");
          List<Json> calls = Tools.callItems(response);
          Tools.mustCall(calls, response);
          List<String> names = calls.stream().map(call -> call.at("/name").text()).toList();
          Expect.that("the called functions", names, everyItem(is(Tools.GET_WEATHER)));
        });
  }

  @Check(
      id = "responses.required-calls-one",
      title = "with tool_choice required a tool is called whatever the question is",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"the gateway drops tool_choice, or takes required as auto"})
  void required(Probe probe) {
    Said.mustTakeEveryToolChoice(probe);
    Said.unlessRefused(ResponsesToolsSuite.ask(probe), "tools");
    Tries.of(
        probe,
        requiredAsked(probe),
        answered -> {
          Json response = Said.whole(answered, "tool_choice required");
          Tools.mustCall(Tools.callItems(response), response);
        });
  }

  @Check(
      id = "responses.parallel-off-gives-one",
      title = "with parallel_tool_calls false a response holds at most one call",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"the gateway drops parallel_tool_calls, or echoes it alone"})
  void parallelOff(Probe probe) {
    Ask ask = ResponsesToolsSuite.two(probe).with("parallel_tool_calls", false);
    Json response = Said.unlessRefused(ask, "parallel_tool_calls").json();
    Expect.that("the number of calls", Tools.callItems(response).size(), is(lessThanOrEqualTo(1)));
  }

  @Check(
      id = "responses-stream.parallel-off-gives-one",
      title = "with parallel_tool_calls false a streamed response holds at most one call, too",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_TOOLS,
      pack = Pack.FULL,
      ifItFails = {"parallel_tool_calls is dropped where a response is streamed"})
  void streamedParallelOff(Probe probe) {
    Ask ask = ResponsesToolsSuite.two(probe).with("parallel_tool_calls", false);
    List<Json> events = Given.chunks(Said.unlessRefused(ask.stream(), "parallel_tool_calls"));
    Expect.that(
        "the number of streamed calls", callsAdded(events).size(), is(lessThanOrEqualTo(1)));
  }

  private static List<Json> callsAdded(List<Json> events) {
    return ResponseStreams.ofType(events, "response.output_item.added").stream()
        .filter(event -> event.at("/item/type").node().asText().equals("function_call"))
        .toList();
  }
}
