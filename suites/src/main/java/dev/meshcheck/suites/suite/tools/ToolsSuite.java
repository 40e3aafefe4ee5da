package dev.meshcheck.suites.suite.tools;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.blankString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
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
import dev.meshcheck.suites.check.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Function tools of POST /v1/chat/completions: the call, and what becomes of its result. */
public final class ToolsSuite {

  /** OpenAI allows letters, digits, underscores and hyphens in names. */
  private static final String HYPHENATED = "get-weather";

  /** An answer of this host that holds a call, whichever way it can be had. */
  private static Json called(Probe probe) {
    for (int nth = 1; nth <= Tries.K; nth++) {
      Json answer = Said.unlessRefused(Tries.nth(Tools.ask(probe), nth), "tools").json();
      if (!Tools.callsOf(answer).isEmpty() && !Cut.is(answer)) {
        return answer;
      }
    }
    throw new Inapplicable("the model called no tool in " + Tries.K + " tries");
  }

  private static List<Json> calls(Probe probe) {
    return Tools.callsOf(Given.that(() -> called(probe)));
  }

  @Check(
      id = "tools.are-taken",
      title = "a chat request with a tool is answered with 200",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {
        "the server runs without a tool-call parser (vLLM: --enable-auto-tool-choice)",
        "the gateway does not know tools"
      })
  void areTaken(Probe probe) {
    Tools.ask(probe).send().mustBe(200);
  }

  @Check(
      id = "tools.fitting-tool-is-called",
      title = "a question that a tool answers makes the model call it by its name",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {
        "the tool-call parser is not the one for this model, so that calls stay in the text",
        "the chat template drops tools",
        "the model does not know tools"
      })
  void fittingTool(Probe probe) {
    Tries.of(
        probe,
        Tools.ask(probe),
        answered -> {
          Json answer = Said.whole(answered, "tools");
          List<Json> calls = Tools.callsOf(answer);
          Tools.mustCall(calls, answer);
          Expect.that(
              "the called function", calls.get(0).at("/function/name").text(), is("get_weather"));
        });
  }

  @Check(
      id = "tools.name-with-a-hyphen-is-called",
      title = "a tool whose name has a hyphen is called like another",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"the tool-call parser knows names of letters, digits and underscores alone"})
  void nameWithAHyphen(Probe probe) {
    // That the model calls a tool at all is for the check of a fitting tool.
    Given.that(() -> called(probe));
    Tries.untilGood(
        probe,
        Tools.ask(probe).with("tools", Tools.weatherNamed(HYPHENATED)),
        answered -> {
          Json answer = Said.whole(answered, "a name with a hyphen");
          Tools.mustCall(Tools.callsOf(answer), answer);
          Expect.that(
              "the called function",
              Tools.callsOf(answer).get(0).at("/function/name").text(),
              is(HYPHENATED));
        });
  }

  @Check(
      id = "tools.call-has-the-documented-shape",
      title = "a tool call has an id, the type function, a name and its arguments in a string",
      level = MUST,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"arguments are sent as an object", "the gateway rewrites tool calls"},
      about = {Reason.SCHEMA_MISMATCH})
  void callShape(Probe probe) {
    calls(probe).forEach(ToolsSuite::mustBeShaped);
    // Several calls take another way through some servers.
    Json two = Said.unlessRefused(ParallelToolsSuite.two(probe), "tools").json();
    Tools.callsOf(two).forEach(ToolsSuite::mustBeShaped);
  }

  private static void mustBeShaped(Json call) {
    Expect.that(call.at("/id").place(), call.at("/id").text(), is(not(blankString())));
    Expect.that(call.at("/type").place(), call.at("/type").text(), is("function"));
    Json name = call.at("/function/name");
    Expect.that(name.place(), name.text(), is(not(blankString())));
    call.at("/function/arguments").text();
  }

  @Check(
      id = "tools.call-ids-are-new",
      title = "the tool calls of two answers have different ids",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"ids are made from the name of the function", "a cache answers whole requests"})
  void callIdsAreNew(Probe probe) {
    List<String> ids = calls(probe).stream().map(call -> Given.text(call.at("/id"))).toList();
    Json second = Said.unlessRefused(Tools.ask(probe).again(9), "tools").json();
    List<String> later =
        Tools.callsOf(second).stream().map(call -> Given.text(call.at("/id"))).toList();
    if (!later.isEmpty() && later.stream().allMatch(id -> id.startsWith("functions."))) {
      throw new Inapplicable(
          "such ids count the calls of one conversation, as Kimi's do: " + later.get(0));
    }
    later.forEach(id -> Expect.that("the id of a call in another answer", id, is(not(in(ids)))));
  }

  @Check(
      id = "tools.arguments-fit-the-schema",
      title = "the arguments of a call are JSON that fits the parameters of the tool",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"the tool-call parser cuts arguments", "the model makes arguments up"},
      about = {Reason.SCHEMA_MISMATCH})
  void argumentsFit(Probe probe) {
    Tries.of(
        probe,
        Tools.ask(probe),
        answered -> {
          List<Json> calls = Tools.callsOf(Said.whole(answered, "tools"));
          if (calls.isEmpty()) {
            throw new Inapplicable("the model called no tool");
          }
          calls.forEach(c -> Tools.mustFit(c.at("/function/arguments"), Tools.weatherSchema()));
        });
  }

  @Check(
      id = "tools.finish-reason-is-tool-calls",
      title = "an answer that calls a tool by itself ends with finish_reason tool_calls",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"the gateway sets finish_reason by itself"})
  void finishReason(Probe probe) {
    Json answer = Given.that(() -> called(probe));
    Expect.that("finish_reason", answer.at("/choices/0/finish_reason").text(), is("tool_calls"));
  }

  @Check(
      id = "tools.tool-without-parameters",
      title = "a tool without parameters is called with an empty object",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"empty arguments are sent as an empty string, which is no JSON"},
      about = {Reason.SCHEMA_MISMATCH})
  void withoutParameters(Probe probe) {
    Tries.of(
        probe,
        Tools.ask(probe)
            .with("messages", Probe.messages("user", "What time is it? Use the tool."))
            .with("tools", Tools.timeForChat()),
        answered -> {
          Json answer = Said.whole(answered, "tools");
          List<Json> calls = Tools.callsOf(answer);
          Tools.mustCall(calls, answer);
          calls.forEach(call -> Tools.parsed(call.at("/function/arguments")));
        });
  }

  @Check(
      id = "tools.parameters-may-be-left-out",
      title = "a tool that names no parameters is taken",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "parameters are required of every function, and the API leaves them to the client"
      })
  void parametersLeftOut(Probe probe) {
    mustBeTaken(probe, Tools.silentForChat());
  }

  @Check(
      id = "tools.types-in-a-list-are-taken",
      title = "a parameter that may be a text or null is taken",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {
        "the type of a parameter is read as a text, and generators write a list of types"
      })
  void typesInAList(Probe probe) {
    mustBeTaken(probe, Tools.withUnionForChat());
  }

  @Check(
      id = "tools.generated-schemas-are-taken",
      title = "a tool with references and alternatives in its schema is taken, and called by it",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {
        "the server knows a part of JSON Schema alone, and generators write $defs, $ref and anyOf",
        "the tool-call parser reads what is behind anyOf as JSON, and leaves quotes around a text"
      },
      about = {Reason.SCHEMA_MISMATCH})
  void generatedSchemas(Probe probe) {
    Said.unlessRefused(Tools.ask(probe), "tools");
    String text = "What is the weather in Paris, in celsius? Use the tool.";
    Tries.untilGood(
        probe,
        Tools.ask(probe)
            .with("messages", Probe.messages("user", text))
            .with("tools", Tools.generatedForChat()),
        answered -> {
          answered.mustBe(200);
          List<Json> calls = Tools.callsOf(Said.whole(answered, "a tool"));
          if (calls.isEmpty()) {
            throw new Inapplicable("the model called no tool");
          }
          Tools.mustFit(calls.get(0).at("/function/arguments"), Tools.generatedSchema());
        });
  }

  /** That tools are taken at all is judged before. */
  private static void mustBeTaken(Probe probe, ArrayNode tools) {
    Said.unlessRefused(Tools.ask(probe), "tools");
    Tools.ask(probe).with("tools", tools).with("max_tokens", 16).send().mustBe(200);
  }

  @Check(
      id = "tools.count-in-the-prompt",
      title = "a request with a tool has more prompt tokens than the same without",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"the chat template drops tools", "usage is told before tools are rendered"})
  void countInThePrompt(Probe probe) {
    Answered with = Said.unlessRefused(Tools.ask(probe), "tools");
    Json without = Given.answered(Tools.ask(probe).without("tools").with("max_tokens", 1)).json();
    Expect.that(
        "prompt_tokens with a tool",
        Usage.given(with.json().at("/usage")).prompt(),
        is(greaterThan(Usage.given(without.at("/usage")).prompt())));
  }

  @Check(
      id = "tools.result-is-used",
      title = "the result of a tool is taken, and taken up in the answer that follows it",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {
        "messages of the role tool are dropped, or refused",
        "the chat template does not render tool calls of the history"
      })
  void resultIsUsed(Probe probe) {
    Tries.of(
        probe,
        ToolRounds.taken(probe),
        answered -> {
          Json answer = Said.unlessRefused(answered, "the result of a tool").json();
          Tools.mustNotBeCalledAgain(Given.that(() -> Tools.callsOf(answer)));
          Said.mustHold("the answer to a tool's result", Said.content(answered), "17");
          Expect.that(
              "finish_reason",
              answered.json().at("/choices/0/finish_reason").text(),
              is(not("tool_calls")));
        });
  }

  @Check(
      id = "tools.no-marks-beside-the-call",
      title = "the content beside a call holds no mark of the call or of a thought",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {
        "the tool-call parser takes the call out and leaves its frame in the content",
        "a reasoning parser is missing beside the tool-call parser"
      })
  void noMarks(Probe probe) {
    Json content = Given.that(() -> called(probe)).at("/choices/0/message/content");
    Marks.mustNotStandBesideACall("the content", content.optionalText().orElse(""));
  }

  @Check(
      id = "tools.own-call-comes-back",
      title = "a call given back as the host sent it, with its results, is answered",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {
        "content null beside calls is refused, as the host itself sends it",
        "fields that the host adds to messages are refused when they come back"
      })
  void ownCallComesBack(Probe probe) {
    Json asked = Given.that(() -> called(probe)).at("/choices/0/message");
    List<Object> messages = new ArrayList<>();
    messages.add(Map.of("role", "user", "content", Tools.WEATHER_QUESTION));
    messages.add(asked.node());
    for (Json call : asked.at("/tool_calls").items()) {
      String id = Given.that(() -> call.at("/id").text());
      messages.add(Map.of("role", "tool", "tool_call_id", id, "content", "{\"celsius\": 17.25}"));
    }
    Tools.ask(probe).with("messages", messages).send().mustBe(200);
  }
}
