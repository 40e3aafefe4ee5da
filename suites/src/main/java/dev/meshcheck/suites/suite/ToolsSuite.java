package dev.meshcheck.suites.suite;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.blankString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Tries;
import dev.meshcheck.suites.check.Usage;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Function tools of POST /v1/chat/completions. */
public final class ToolsSuite {

  /** Room for a thought and a call. */
  private static final int TOKENS = 160;

  private static Ask ask(Probe probe) {
    return probe
        .chat(Tools.WEATHER_QUESTION)
        .with("tools", Tools.forChat())
        .with("max_tokens", TOKENS);
  }

  /** An answer of this host that holds a call, whichever way it can be had. */
  private static Json called(Probe probe) {
    for (int nth = 1; nth <= Tries.K; nth++) {
      Json answer = Said.unlessRefused(Tries.nth(ask(probe), nth), "tools").json();
      if (!Tools.callsOf(answer).isEmpty()) {
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
    ask(probe).send().mustBe(200);
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
        ask(probe),
        answered -> {
          Json answer = Said.unlessRefused(answered, "tools").json();
          List<Json> calls = Tools.callsOf(answer);
          Tools.mustCall(calls, answer);
          Expect.that(
              "the called function", calls.get(0).at("/function/name").text(), is("get_weather"));
        });
  }

  @Check(
      id = "tools.call-has-the-documented-shape",
      title = "a tool call has an id, the type function, a name and its arguments in a string",
      level = MUST,
      route = CHAT,
      source = Sources.CHAT,
      ifItFails = {"arguments are sent as an object", "the gateway rewrites tool calls"})
  void callShape(Probe probe) {
    for (Json call : calls(probe)) {
      Expect.that(call.at("/id").place(), call.at("/id").text(), is(not(blankString())));
      Expect.that(call.at("/type").place(), call.at("/type").text(), is("function"));
      call.at("/function/name").text();
      call.at("/function/arguments").text();
    }
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
    List<String> ids = calls.stream().map(call -> call.at("/id").text()).toList();
    Expect.that("the number of different ids", new HashSet<>(ids).size(), is(ids.size()));
  }

  @Check(
      id = "tools.call-ids-are-new",
      title = "the tool calls of two answers have different ids",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"ids are made from the name of the function", "a cache answers whole requests"})
  void callIdsAreNew(Probe probe) {
    List<String> ids = calls(probe).stream().map(call -> call.at("/id").text()).toList();
    Json second = Said.unlessRefused(ask(probe).again(9), "tools").json();
    for (Json call : Tools.callsOf(second)) {
      String id = call.at("/id").text();
      // Kimi counts the calls of a conversation, so that two conversations begin alike.
      if (!id.startsWith("functions.")) {
        Expect.that("the id of a call in another answer", id, is(not(in(ids))));
      }
    }
  }

  @Check(
      id = "tools.arguments-fit-the-schema",
      title = "the arguments of a call are JSON that fits the parameters of the tool",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"the tool-call parser cuts arguments", "the model makes arguments up"})
  void argumentsFit(Probe probe) {
    Tries.of(
        probe,
        ask(probe),
        answered -> {
          List<Json> calls = Tools.callsOf(Said.unlessRefused(answered, "tools").json());
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
      ifItFails = {"empty arguments are sent as an empty string, which is no JSON"})
  void withoutParameters(Probe probe) {
    Tries.of(
        probe,
        ask(probe)
            .with("messages", Probe.messages("user", "What time is it? Use the tool."))
            .with("tools", Tools.timeForChat()),
        answered -> {
          Json answer = Said.unlessRefused(answered, "tools").json();
          List<Json> calls = Tools.callsOf(answer);
          Tools.mustCall(calls, answer);
          calls.forEach(call -> Tools.parsed(call.at("/function/arguments")));
        });
  }

  @Check(
      id = "tools.count-in-the-prompt",
      title = "a request with a tool has more prompt tokens than the same without",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"the chat template drops tools", "usage is told before tools are rendered"})
  void countInThePrompt(Probe probe) {
    Answered with = Said.unlessRefused(ask(probe), "tools");
    Json without = Given.answered(ask(probe).without("tools")).json();
    Expect.that(
        "prompt_tokens with a tool",
        Usage.ofChat(with.json().at("/usage")).prompt(),
        is(greaterThan(Usage.ofChat(without.at("/usage")).prompt())));
  }

  @Check(
      id = "tools.required-calls-one",
      title = "with tool_choice required a tool is called whatever the question is",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"the gateway drops tool_choice", "vLLM takes required since 0.8.3"})
  void required(Probe probe) {
    Said.mustTakeEveryToolChoice(probe);
    Tries.of(
        probe,
        ask(probe)
            .with("messages", Probe.messages("user", Basis.HELLO))
            .with("tool_choice", "required"),
        answered -> {
          Json answer = Said.unlessRefused(answered, "tool_choice required").json();
          Tools.mustCall(Tools.callsOf(answer), answer);
          Expect.that(
              "finish_reason", answer.at("/choices/0/finish_reason").text(), is("tool_calls"));
        });
  }

  @Check(
      id = "tools.named-calls-that-one",
      title = "with a function named in tool_choice that function is called",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"the gateway drops tool_choice"})
  void named(Probe probe) {
    Said.mustTakeEveryToolChoice(probe);
    Tries.of(
        probe,
        ask(probe)
            .with("messages", Probe.messages("user", Basis.HELLO))
            .with("tool_choice", Tools.named(Tools.GET_WEATHER)),
        answered -> {
          Json answer = Said.unlessRefused(answered, "a named tool_choice").json();
          List<Json> calls = Tools.callsOf(answer);
          Tools.mustCall(calls, answer);
          List<String> names = calls.stream().map(c -> c.at("/function/name").text()).toList();
          Expect.that("the called functions", names, everyItem(is(Tools.GET_WEATHER)));
          // OpenAI and newer vLLM say stop here, older vLLM says tool_calls.
          Expect.that(
              "finish_reason",
              answer.at("/choices/0/finish_reason").text(),
              is(in(List.of("stop", "tool_calls"))));
        });
  }

  @Check(
      id = "tools.none-calls-none",
      title = "with tool_choice none no tool is called",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"the gateway drops tool_choice"})
  void none(Probe probe) {
    Json answer =
        Said.unlessRefused(ask(probe).with("tool_choice", "none"), "tool_choice none").json();
    Expect.that("the tool calls", Tools.callsOf(answer), is(empty()));
    Expect.that(
        "finish_reason", answer.at("/choices/0/finish_reason").text(), is(not("tool_calls")));
  }

  @Check(
      id = "tools.unneeded-tool-is-left-alone",
      title = "a question that needs no tool is answered without one",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"the gateway forces tools", "the model calls tools for everything"})
  void unneeded(Probe probe) {
    Tries.of(
        probe,
        ask(probe).with("messages", Probe.messages("user", Basis.HELLO)),
        answered ->
            Expect.that(
                "the tool calls",
                Tools.callsOf(Said.unlessRefused(answered, "tools").json()),
                is(empty())));
  }

  @Check(
      id = "tools.result-is-used",
      title = "the result of a tool is taken up in the answer that follows it",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {
        "messages of the role tool are dropped",
        "the chat template does not render tool calls of the history"
      })
  void resultIsUsed(Probe probe) {
    // Kimi wants ids of this form in a history, and no other model minds.
    String id = "functions.get_weather:0";
    Map<String, Object> function =
        Map.of("name", Tools.GET_WEATHER, "arguments", "{\"city\":\"Paris\"}");
    Object call = Map.of("id", id, "type", "function", "function", function);
    Object asked = Map.of("role", "assistant", "content", "", "tool_calls", List.of(call));
    Object result = Map.of("role", "tool", "tool_call_id", id, "content", "{\"celsius\": 17.25}");
    Object question = Map.of("role", "user", "content", Tools.WEATHER_QUESTION);
    Tries.of(
        probe,
        ask(probe).with("messages", List.of(question, asked, result)),
        answered -> {
          Said.unlessRefused(answered, "the result of a tool");
          Said.mustHold("the answer to a tool's result", Said.content(answered), "17");
          Expect.that(
              "finish_reason",
              answered.json().at("/choices/0/finish_reason").text(),
              is(not("tool_calls")));
        });
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
    probe.record(Tools.callsOf(answer).size() + " calls for two cities");
  }

  private static Ask two(Probe probe) {
    String text = "What is the weather in Paris and in Tokyo? Use the tool for each.";
    return ask(probe).with("messages", Probe.messages("user", text));
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

  private static CallFragments streamed(Probe probe) {
    Said.unlessRefused(ask(probe), "tools");
    for (int nth = 1; nth <= Tries.K; nth++) {
      CallFragments fragments = CallFragments.of(Given.stream(Tries.nth(ask(probe), nth)).chunks());
      if (!fragments.none()) {
        return fragments;
      }
    }
    throw new Inapplicable("the model called no tool in " + Tries.K + " streams");
  }

  @Check(
      id = "tools.streamed-call-begins-once",
      title = "a streamed call begins with its id and name, and no fragment changes them",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"the first fragment of a call is lost", "each fragment gets an id of its own"})
  void streamedCallBegins(Probe probe) {
    streamed(probe).mustBeginOnce();
  }

  @Check(
      id = "tools.streamed-indexes-have-no-gaps",
      title = "the calls of a stream are numbered from 0 without gaps",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"a call is lost", "calls are numbered from 1"})
  void streamedIndexes(Probe probe) {
    List<Long> indexes = streamed(probe).indexes();
    Expect.that(
        "the indexes of the calls",
        indexes,
        is(LongStream.range(0, indexes.size()).boxed().toList()));
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
    CallFragments fragments = CallFragments.of(Given.stream(two(probe)).chunks());
    if (whole.size() < 2 || fragments.none()) {
      throw new Inapplicable("the model made no two calls in one answer");
    }
    fragments.mustBeginOnce();
    List<Json> arguments = fragments.arguments();
    List<String> ids = fragments.ids();
    Expect.that("the number of different ids", new HashSet<>(ids).size(), is(arguments.size()));
  }

  @Check(
      id = "tools.streamed-call-equals-the-whole",
      title = "the fragments of a streamed call joined are the call of the same request whole",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {
        "a fragment is lost or doubled",
        "streams are parsed by another tool-call parser than whole answers"
      })
  void streamedEqualsTheWhole(Probe probe) {
    List<Json> whole = Tools.callsOf(Said.unlessRefused(ask(probe), "tools").json());
    CallFragments fragments = CallFragments.of(Given.stream(ask(probe)).chunks());
    if (whole.isEmpty() && fragments.none()) {
      throw new Inapplicable("the model called no tool");
    }
    Expect.that("the streamed calls", fragments.indexes(), hasSize(whole.size()));
    Expect.that(
        "the streamed names",
        fragments.names(),
        is(whole.stream().map(call -> call.at("/function/name").text()).toList()));
    Expect.that(
        "the streamed arguments",
        fragments.arguments().stream().map(Json::node).toList(),
        is(
            whole.stream()
                .map(call -> Tools.parsed(call.at("/function/arguments")).node())
                .toList()));
  }

  @Check(
      id = "tools.streamed-finish-reason",
      title = "a stream that calls a tool ends with finish_reason tool_calls",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"the stream says stop although a call came, so that clients miss it"})
  void streamedFinishReason(Probe probe) {
    Said.unlessRefused(ask(probe), "tools");
    List<Json> chunks = Given.stream(ask(probe)).chunks();
    if (CallFragments.of(chunks).none()) {
      throw new Inapplicable("the model called no tool");
    }
    List<String> reasons = Streams.finishReasons(chunks);
    Expect.that("the finish reasons", reasons, is(List.of("tool_calls")));
  }
}
