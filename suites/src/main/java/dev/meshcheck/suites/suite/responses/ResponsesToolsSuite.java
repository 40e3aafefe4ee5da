package dev.meshcheck.suites.suite.responses;

import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.blankString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Function tools of POST /v1/responses. */
public final class ResponsesToolsSuite {

  private static final int TOKENS = Probe.ENOUGH_TOKENS;
  static final String RESULT = "{\"celsius\": 17.25}";

  static Ask ask(Probe probe) {
    return probe
        .responses(Tools.WEATHER_QUESTION)
        .with("tools", Tools.forResponses())
        .with("max_output_tokens", TOKENS)
        .with("temperature", 0);
  }

  /** Two questions at once, which most models answer with two calls: items beside each other. */
  static Ask two(Probe probe) {
    return ask(probe)
        .with("input", "What is the weather in Paris and in Tokyo? Use the tool for each.");
  }

  private static List<Json> calls(Probe probe) {
    for (int nth = 1; nth <= Tries.K; nth++) {
      Ask ask = Tries.nth(ask(probe), nth);
      List<Json> calls = Given.that(() -> Tools.callItems(Said.unlessRefused(ask, "tools").json()));
      if (!calls.isEmpty()) {
        return calls;
      }
    }
    throw new Inapplicable("the model called no tool in " + Tries.K + " tries");
  }

  @Check(
      id = "responses.tools-are-taken",
      title = "a responses request with a tool is answered with 200",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {
        "the server runs without a tool-call parser (vLLM: --enable-auto-tool-choice)",
        "the gateway does not know tools"
      })
  void areTaken(Probe probe) {
    ask(probe).send().mustBe(200);
  }

  @Check(
      id = "responses.fitting-tool-is-called",
      title = "a question that a tool answers makes the model call it by its name",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {
        "the tool-call parser is not the one for this model, so that calls stay in the text",
        "the model does not know tools"
      })
  void fittingTool(Probe probe) {
    Tries.of(
        probe,
        ask(probe),
        answered -> {
          Json response = Said.whole(answered, "tools");
          List<Json> calls = Tools.callItems(response);
          Tools.mustCall(calls, response);
          Expect.that("the called function", calls.get(0).at("/name").text(), is("get_weather"));
          Tools.mustFit(calls.get(0).at("/arguments"), Tools.weatherSchema());
        });
  }

  @Check(
      id = "responses.call-has-the-documented-shape",
      title = "a function_call item has a call_id, a name and its arguments in a string",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"arguments are sent as an object", "the gateway rewrites items"},
      about = {Reason.SCHEMA_MISMATCH})
  void callShape(Probe probe) {
    for (Json call : calls(probe)) {
      Expect.that(call.at("/call_id").place(), call.at("/call_id").text(), is(not(blankString())));
      Expect.that(call.at("/name").place(), call.at("/name").text(), is(not(blankString())));
      call.at("/arguments").text();
    }
  }

  @Check(
      id = "responses.tool-result-is-used",
      title = "a function_call_output is taken, and taken up in the response that follows it",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"items that are no messages are dropped from the input, or refused"})
  void resultIsUsed(Probe probe) {
    Answered given = answeredBy(probe, RESULT).send();
    if (given.isWhole() && given.isRefusedAsBad()) {
      Said.unlessRefused(ask(probe), "tools");
      given.mustBe(200);
    }
    Tries.of(
        probe,
        answeredBy(probe, RESULT),
        answered -> {
          Json response = Said.unlessRefused(answered, "the result of a tool").json();
          Tools.mustNotBeCalledAgain(Given.that(() -> Tools.callItems(response)));
          Said.mustHold("the response to a tool's result", Said.text(answered), "17");
        });
  }

  /** A call in the history, and that for its result. */
  static Ask answeredBy(Probe probe, Object output) {
    Object question = Map.of("type", "message", "role", "user", "content", Tools.WEATHER_QUESTION);
    Object call =
        Map.of(
            "type", "function_call",
            "call_id", "call_meshcheck_1",
            "name", Tools.GET_WEATHER,
            "arguments", "{\"city\":\"Paris\"}");
    Object result =
        Map.of("type", "function_call_output", "call_id", "call_meshcheck_1", "output", output);
    return ask(probe).with("input", List.of(question, call, result));
  }

  @Check(
      id = "responses.result-parts-are-taken",
      title = "the output of a function may be a list of input_text parts",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"the gateway takes a string alone, and clients of MCP servers send parts"})
  void resultParts(Probe probe) {
    Said.unlessRefused(answeredBy(probe, RESULT), "the result of a tool");
    Object part = Map.of("type", "input_text", "text", RESULT);
    answeredBy(probe, List.of(part)).with("max_output_tokens", 16).send().mustBe(200);
  }

  private static List<Json> streamed(Probe probe) {
    Said.unlessRefused(ask(probe), "tools");
    for (int nth = 1; nth <= Tries.K; nth++) {
      List<Json> events = Given.stream(Tries.nth(ask(probe), nth)).chunks();
      if (events.stream().anyMatch(ResponsesToolsSuite::isCall)) {
        return events;
      }
    }
    throw new Inapplicable("the model called no tool in " + Tries.K + " streams");
  }

  private static boolean isCall(Json event) {
    return Given.text(event.at("/type")).startsWith("response.output_item.")
        && event.at("/item/type").text().equals("function_call");
  }

  @Check(
      id = "responses-stream.call-is-added-and-done",
      title = "a streamed call is added with its name and done with the same one",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {"the event that adds the call is lost", "calls are sent as text"})
  void callIsAddedAndDone(Probe probe) {
    List<Json> calls = streamed(probe).stream().filter(ResponsesToolsSuite::isCall).toList();
    List<String> added = names(calls, "response.output_item.added");
    List<String> done = names(calls, "response.output_item.done");
    Expect.that("the names of the added calls", added, hasItem(not(blankString())));
    Expect.that("the names of the calls that are done", done, is(added));
  }

  private static List<String> names(List<Json> calls, String type) {
    return calls.stream()
        .filter(event -> Given.text(event.at("/type")).equals(type))
        .map(event -> event.at("/item/name").text())
        .toList();
  }

  @Check(
      id = "responses-stream.argument-deltas-are-the-arguments",
      title = "the deltas of a streamed call joined are the arguments that its done events say",
      level = MUST,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {"a delta is lost or doubled"})
  void argumentDeltas(Probe probe) {
    List<Json> events = streamed(probe);
    StringBuilder deltas = new StringBuilder();
    StringBuilder whole = new StringBuilder();
    StringBuilder said = new StringBuilder();
    for (Json event : events) {
      if (Given.text(event.at("/type")).equals("response.function_call_arguments.delta")) {
        deltas.append(event.at("/delta").text());
      } else if (isCall(event) && Given.text(event.at("/type")).endsWith("done")) {
        whole.append(event.at("/item/arguments").text());
      } else if (Given.text(event.at("/type")).equals("response.function_call_arguments.done")) {
        said.append(event.at("/arguments").text());
      }
    }
    if (deltas.isEmpty()) {
      throw new Inapplicable("the arguments came in one piece, without deltas");
    }
    Told item = new Told("the arguments of the finished call", whole.toString());
    Optional<String> third = Optional.of(said.toString()).filter(text -> !text.isEmpty());
    Told.mustBeTheSame(new Told("the joined deltas", deltas.toString()), item, third);
    Expect.that("the arguments of the done event", said.toString(), is(whole.toString()));
  }

  @Check(
      id = "responses.no-marks-beside-the-call",
      title = "a message beside a call holds no mark of the call or of a thought",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"the tool-call parser takes the call out and leaves its frame in the text"})
  void noMarks(Probe probe) {
    Json response = Said.whole(ask(probe).send(), "tools");
    if (Given.that(() -> Tools.callItems(response)).isEmpty()) {
      throw new Inapplicable("the model called no tool");
    }
    Marks.mustNotStandBesideACall("the message", Said.responseText(response));
  }

  @Check(
      id = "responses.own-items-come-back",
      title = "the items of a response given back as they came, with a result, are answered",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {
        "output_text parts, ids or a status are refused in the input",
        "reasoning items are refused when they come back"
      })
  void ownItemsComeBack(Probe probe) {
    Json response = Given.that(() -> Said.whole(ask(probe).send(), "tools"));
    List<Object> input = new ArrayList<>();
    input.add(Map.of("type", "message", "role", "user", "content", Tools.WEATHER_QUESTION));
    for (Json item : Given.that(() -> response.at("/output").items())) {
      input.add(item.node());
      if (item.at("/type").node().asText().equals("function_call")) {
        String id = Given.that(() -> item.at("/call_id").text());
        input.add(
            Map.of("type", "function_call_output", "call_id", id, "output", "{\"celsius\": 17}"));
      }
    }
    ask(probe).with("input", input).send().mustBe(200);
  }

  @Check(
      id = "responses.own-message-comes-back",
      title = "a message of a response given back as it came, and a second turn, are answered",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"output_text parts, ids, annotations or a status are refused in the input"})
  void ownMessageComesBack(Probe probe) {
    List<Object> input = new ArrayList<>();
    input.add(Map.of("type", "message", "role", "user", "content", Basis.HELLO));
    Given.that(() -> ResponsesSuite.plain(probe).at("/output").items())
        .forEach(item -> input.add(item.node()));
    input.add(Map.of("type", "message", "role", "user", "content", "Say it again."));
    probe.responses("").with("input", input).with("max_output_tokens", 16).send().mustBe(200);
  }

  @Check(
      id = "responses.items-have-their-members",
      title = "messages, texts, calls and reasoning have the members that clients insist on",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"typed clients (Java, Go, Rust) fail on an item without annotations or status"},
      about = {Reason.SCHEMA_MISMATCH})
  void members(Probe probe) {
    mustHaveTheirMembers(ResponsesSuite.plain(probe));
    Answered called = ask(probe).send();
    if (called.status() == 200) {
      mustHaveTheirMembers(called.json());
    }
  }

  private static void mustHaveTheirMembers(Json response) {
    for (Json item : Given.that(() -> response.at("/output").items())) {
      switch (Given.that(() -> item.at("/type").text())) {
        case "message" -> {
          item.at("/id").text();
          item.at("/status").text();
          item.at("/content").items().stream()
              .filter(part -> part.at("/type").text().equals("output_text"))
              .forEach(part -> part.at("/annotations").items());
        }
        case "function_call" -> item.at("/call_id").text();
        case "reasoning" -> {
          item.at("/id").text();
          item.at("/summary").items();
        }
        default -> {
          // Nobody knows what other items need.
        }
      }
    }
  }
}
