package dev.meshcheck.suites.suite.responses;

import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Reach;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Usage;
import java.util.List;
import java.util.Map;

/** That what POST /v1/responses is given reaches the model. */
public final class ResponsesReachSuite {

  /** Enough words to outweigh a result of one number. */
  private static final String LOG = "line 1: it is 17 degrees in the city; ".repeat(8);

  private static final Map<String, Object> HELLO = message("user", Basis.HELLO);

  private static Map<String, Object> message(String role, Object content) {
    return Map.of("type", "message", "role", role, "content", content);
  }

  private static Ask ask(Probe probe, Object... items) {
    return probe.responses(Basis.HELLO).with("input", List.of(items)).with("max_output_tokens", 16);
  }

  private static long cost(Ask ask, String what) {
    return cost(Given.that(() -> Said.unlessRefused(ask, what).json()));
  }

  private static long cost(Json response) {
    return Usage.givenOfResponses(response.at("/usage")).prompt();
  }

  @Check(
      id = "responses.instructions-count",
      title = "instructions are part of the prompt, beside a text and beside a list of items",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      pack = Pack.FULL,
      ifItFails = {
        "instructions are echoed, and never put before the conversation",
        "they are lost where the input is a list"
      })
  void instructions(Probe probe) {
    Ask plain = probe.responses(Basis.HELLO).with("max_output_tokens", 16);
    for (Ask ask : List.of(plain, ask(probe, HELLO))) {
      Reach.mustCost("instructions", text -> cost(ask.with("instructions", text), "instructions"));
    }
  }

  @Check(
      id = "responses-stream.instructions-count",
      title = "instructions are part of the prompt of a stream, too",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      pack = Pack.FULL,
      ifItFails = {"instructions are dropped where a response is streamed"})
  void streamedInstructions(Probe probe) {
    Reach.mustCost(
        "instructions in a stream",
        text -> {
          Ask ask = ask(probe, HELLO).with("instructions", text);
          Answered stream = Said.unlessRefused(ask.stream(), "instructions");
          return cost(Given.that(() -> ResponseStreams.last(Given.chunks(stream)).object()));
        });
  }

  @Check(
      id = "responses.developer-items-count",
      title = "a developer item of the input is part of the prompt, or is refused",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      pack = Pack.FULL,
      ifItFails = {"the gateway knows items of users and assistants alone"})
  void developerItems(Probe probe) {
    Reach.mustCost(
        "an item of the role developer",
        text -> cost(ask(probe, message("developer", text), HELLO), "items of developers"));
  }

  @Check(
      id = "responses.earlier-answers-count",
      title = "an earlier answer given back in the input is part of the prompt",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      pack = Pack.FULL,
      ifItFails = {
        "parts of the type output_text are dropped from the input",
        "a message before a call is dropped"
      })
  void earlierAnswers(Probe probe) {
    Reach.mustCost(
        "an earlier answer", text -> cost(ask(probe, answer(text), HELLO), "its answers"));
    Reach.mustCost(
        "an earlier answer before a call",
        text ->
            cost(
                ask(
                    probe,
                    HELLO,
                    answer(text),
                    Map.of(
                        "type", "function_call",
                        "call_id", "call_1",
                        "name", "get_weather",
                        "arguments", "{}"),
                    Map.of("type", "function_call_output", "call_id", "call_1", "output", "17")),
                "calls of its answers"));
  }

  @Check(
      id = "responses.earlier-calls-count",
      title = "the arguments of an earlier call are part of the prompt",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      pack = Pack.FULL,
      ifItFails = {
        "calls of the history are dropped: the model sees results and not what was asked for"
      })
  void earlierCalls(Probe probe) {
    Reach.mustCost(
        "the arguments of an earlier call",
        text ->
            cost(
                ask(
                    probe,
                    HELLO,
                    Map.of(
                        "type", "function_call",
                        "call_id", "call_1",
                        "name", "get_weather",
                        "arguments", "{\"city\": \"" + text + "\"}"),
                    Map.of("type", "function_call_output", "call_id", "call_1", "output", "17")),
                "calls of its answers"));
  }

  @Check(
      id = "responses.result-parts-are-read",
      title = "the output of a function is part of the prompt where it is a list of parts, too",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {
        "outputs that are no strings are dropped: Codex and clients of MCP servers send parts",
        "the chat template renders a list of parts as nothing"
      })
  void resultParts(Probe probe) {
    Ask plain = ResponsesToolsSuite.answeredBy(probe, ResponsesToolsSuite.RESULT);
    long brief = cost(plain, "the result of a tool");
    // Who counts no prompt at all tells nothing by the count.
    Given.that(() -> Expect.that("the tokens of a prompt", brief, is(greaterThan(0L))));
    Object part = Map.of("type", "input_text", "text", LOG);
    Ask inParts =
        ResponsesToolsSuite.answeredBy(probe, List.of(part)).with("max_output_tokens", 16);
    Expect.that(
        "input_tokens with a long output in parts, beside those with a short one in a string,",
        cost(inParts, "outputs in parts"),
        is(greaterThan(brief)));
  }

  private static Map<String, Object> answer(String text) {
    Map<String, Object> part =
        Map.of("type", "output_text", "text", text, "annotations", List.of());
    return Map.of(
        "type", "message",
        "id", "msg_1",
        "status", "completed",
        "role", "assistant",
        "content", List.of(part));
  }
}
