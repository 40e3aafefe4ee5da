package dev.meshcheck.suites.suite.tools;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Cut;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Streams;
import dev.meshcheck.suites.check.Tools;
import dev.meshcheck.suites.check.Tries;
import java.util.List;

/** Whether a tool is called: by tool_choice, or by the question alone. */
public final class ToolChoiceSuite {

  @Check(
      id = "tools.required-calls-one",
      title = "with tool_choice required a tool is called whatever the question is, streamed too",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {
        "the gateway drops tool_choice",
        "the streaming parser knows calls of tool_choice auto alone, and sends others as content",
        "vLLM takes required since 0.8.3"
      })
  void required(Probe probe) {
    Said.mustTakeEveryToolChoice(probe);
    Ask ask = requiredAsked(probe);
    Tries.of(
        probe,
        ask,
        answered -> {
          Json answer = Said.whole(answered, "tool_choice required");
          Tools.mustCall(Tools.callsOf(answer), answer);
          Expect.that(
              "finish_reason", answer.at("/choices/0/finish_reason").text(), is("tool_calls"));
        });
    Tries.untilGood(probe, ask.asStream(), answered -> streamed(answered, "tool_choice required"));
  }

  @Check(
      id = "tools.choices-are-taken",
      title = "where tools are taken, tool_choice required, none and a named function are, too",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {
        "the gateway knows tool_choice auto alone",
        "vLLM takes required since 0.8.3, and with a backend that can hold a model to a grammar"
      })
  void choicesAreTaken(Probe probe) {
    Said.mustTakeEveryToolChoice(probe);
    Said.unlessRefused(Tools.ask(probe), "tools");
    for (Ask ask : List.of(noneAsked(probe), requiredAsked(probe), namedAsked(probe))) {
      ask.send().mustBe(200);
    }
  }

  private static Ask requiredAsked(Probe probe) {
    return hello(probe).with("tool_choice", "required");
  }

  private static Ask noneAsked(Probe probe) {
    return Tools.ask(probe).with("tool_choice", "none");
  }

  /** Of two tools: with one tool alone, named and required are the same. */
  private static Ask namedAsked(Probe probe) {
    return hello(probe)
        .with("tools", Tools.timeForChat().addAll(Tools.forChat()))
        .with("tool_choice", Tools.named(Tools.GET_WEATHER));
  }

  private static Ask hello(Probe probe) {
    return Tools.ask(probe).with("messages", Probe.messages("user", Basis.HELLO));
  }

  /** The calls of a stream, which must hold one. */
  private static CallFragments streamed(Answered answered, String ability) {
    Said.unlessRefused(answered, ability);
    List<Json> chunks = Cut.isNot(Given.chunks(answered));
    CallFragments calls = Given.that(() -> CallFragments.of(chunks));
    String content = Streams.contentOf(chunks, "/delta/content");
    Expect.that(
        Reason.WRONG_VALUE,
        !calls.none(),
        "the model was asked to use the tool and the stream holds no call",
        "a tool call in the stream",
        content.isEmpty() ? "no content either" : "content: " + content);
    return calls;
  }

  @Check(
      id = "tools.named-calls-that-one",
      title = "with a function named in tool_choice that function is called, streamed too",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {
        "the gateway drops tool_choice",
        "a named choice is read as required, and any tool is called",
        "the streaming parser knows calls of tool_choice auto alone, and sends others as content"
      })
  void named(Probe probe) {
    Said.mustTakeEveryToolChoice(probe);
    Ask ask = namedAsked(probe);
    Tries.of(
        probe,
        ask,
        answered -> {
          Json answer = Said.whole(answered, "a named tool_choice");
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
    Tries.untilGood(
        probe,
        ask.asStream(),
        answered -> {
          CallFragments calls = streamed(answered, "a named tool_choice");
          Expect.that(
              "the functions called in the stream",
              Given.that(calls::names),
              everyItem(is(Tools.GET_WEATHER)));
        });
  }

  @Check(
      id = "tools.every-choice-calls-one",
      title = "with tool_choice required and n 2 each choice calls a tool, or n is refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"the call is parsed for one choice alone, and stays in the content of others"})
  void everyChoice(Probe probe) {
    Said.mustTakeEveryToolChoice(probe);
    Tries.untilGood(
        probe,
        Tools.ask(probe).with("tool_choice", "required").with("n", 2).with("temperature", 0.7),
        answered -> {
          Json answer = Said.unlessRefused(answered, "n 2 with tool_choice required").json();
          for (Json choice : Given.items(answer.at("/choices"))) {
            if (choice.at("/finish_reason").node().asText().equals("length")) {
              throw new Inapplicable("a choice was cut by its limit");
            }
            Expect.that(
                Reason.WRONG_VALUE,
                !choice.at("/message/tool_calls").optionalItems().isEmpty(),
                "a choice of two calls no tool",
                "a tool call in each choice",
                choice.toString());
          }
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
    Said.mustTakeEveryToolChoice(probe);
    Json answer = Said.unlessRefused(noneAsked(probe), "tool_choice none").json();
    Expect.that("the tool calls", Tools.callsOf(answer), is(empty()));
    Expect.that(
        "finish_reason", answer.at("/choices/0/finish_reason").text(), is(not("tool_calls")));
  }

  @Check(
      id = "tools.streamed-none-calls-none",
      title = "with tool_choice none no tool is called in a stream either",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"tool_choice is dropped where an answer is streamed"})
  void streamedNone(Probe probe) {
    Said.mustTakeEveryToolChoice(probe);
    Ask ask = noneAsked(probe);
    Said.unlessRefused(ask, "tool_choice none");
    List<Json> chunks = Given.stream(ask).chunks();
    Expect.that(
        Reason.WRONG_VALUE,
        CallFragments.of(chunks).none(),
        "a stream calls a tool although tool_choice is none",
        "text alone",
        chunks.toString());
  }

  @Check(
      id = "tools.null-choice-is-auto",
      title = "with tool_choice null a tool is called where it is called without tool_choice",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"null is read as none: calls are not parsed, and stay in the content"})
  void nullChoice(Probe probe) {
    Json plain = Said.whole(Tools.ask(probe).send(), "tools");
    if (Tools.callsOf(plain).isEmpty()) {
      throw new Inapplicable("the model called no tool");
    }
    Tries.untilGood(
        probe,
        Tools.ask(probe).with("tool_choice", null),
        answered -> {
          Json answer = Said.whole(answered, "tool_choice null");
          Expect.that(
              Reason.WRONG_VALUE,
              !Tools.callsOf(answer).isEmpty(),
              "no tool is called with tool_choice null, and one without tool_choice",
              "a tool call",
              answer.at("/choices/0/message").toString());
        });
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
        hello(probe),
        answered ->
            Expect.that(
                "the tool calls", Tools.callsOf(Said.whole(answered, "tools")), is(empty())));
  }
}
