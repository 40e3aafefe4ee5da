package dev.meshcheck.suites.suite.responses;

import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;

import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Reach;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Usage;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** That what POST /v1/responses is given reaches the model, and comes back as it was given. */
public final class ResponsesReachSuite {

  private static final Map<String, Object> HELLO = message("user", Basis.HELLO);

  private static Map<String, Object> message(String role, Object content) {
    return Map.of("type", "message", "role", role, "content", content);
  }

  private static Ask ask(Probe probe, Object... items) {
    return probe.responses(Basis.HELLO).with("input", List.of(items)).with("max_output_tokens", 16);
  }

  private static void mustReach(String what, Function<String, Json> with) {
    Reach.mustCost(what, cost(with.apply(Reach.SHORT)), cost(with.apply(Reach.TEXT)));
  }

  private static long cost(Json response) {
    return Usage.givenOfResponses(response.at("/usage")).prompt();
  }

  private static Json whole(Ask ask, String what) {
    return Given.that(() -> Said.unlessRefused(ask, what).json());
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
      mustReach("instructions", text -> whole(ask.with("instructions", text), "instructions"));
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
    mustReach(
        "instructions in a stream",
        text -> {
          Ask ask = ask(probe, HELLO).with("instructions", text);
          Answered stream = Said.unlessRefused(ask.stream(), "instructions");
          return Given.that(() -> ResponseStreams.last(Given.chunks(stream)).object());
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
    mustReach(
        "an item of the role developer",
        text -> whole(ask(probe, message("developer", text), HELLO), "items of developers"));
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
    mustReach("an earlier answer", text -> whole(ask(probe, answer(text), HELLO), "its answers"));
    mustReach(
        "an earlier answer before a call",
        text ->
            whole(
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

  @Check(
      id = "responses.options-are-echoed",
      title = "temperature, top_p and metadata, where the response has them, are those sent",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      pack = Pack.FULL,
      ifItFails = {
        "the gateway builds the response from defaults, or drops the options on the way",
        "metadata, by which clients find their responses again, is lost"
      })
  void optionsAreEchoed(Probe probe) {
    Ask ask =
        ask(probe, HELLO)
            .with("temperature", 0.5)
            .with("top_p", 0.75)
            .with("metadata", Map.of("purpose", "meshcheck"));
    Json response = whole(ask, "temperature, top_p and metadata");
    mustBe(response.at("/temperature"), 0.5);
    mustBe(response.at("/top_p"), 0.75);
    Json metadata = response.at("/metadata");
    if (metadata.node().isObject()) {
      Expect.that(
          "the metadata of the response",
          metadata.at("/purpose").optionalText().orElse("none"),
          is("meshcheck"));
    } else if (!response.at("/temperature").present() && !response.at("/top_p").present()) {
      throw new Inapplicable("the response tells none of its options");
    }
  }

  private static void mustBe(Json told, double sent) {
    if (told.present()) {
      Expect.that(told.place(), told.number(), is(closeTo(sent, 0.001)));
    }
  }

  @Check(
      id = "responses-stream.counts-like-the-whole",
      title = "a streamed response with the text of the whole one counts the same tokens",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES_STREAM,
      ifItFails = {"usage of streams is estimated, from characters or events"})
  void countsLikeTheWhole(Probe probe) {
    Json whole = Given.that(() -> Basis.judge(probe, RESPONSES).json());
    List<Json> events = Given.stream(Basis.ask(probe, RESPONSES)).chunks();
    Json last = Given.that(() -> ResponseStreams.last(events).object());
    if (!Said.responseText(whole).equals(Said.responseText(last))) {
      throw new Inapplicable("the stream has another text than the whole response");
    }
    Usage streamed = Usage.givenOfResponses(last.at("/usage"));
    Usage expected = Usage.givenOfResponses(whole.at("/usage"));
    Given.that(expected::mustCountThePrompt);
    Given.that(expected::mustCountTheAnswer);
    Expect.that("the prompt tokens of the stream", streamed.prompt(), is(expected.prompt()));
    Expect.that(
        "the generated tokens of the stream", streamed.completion(), is(expected.completion()));
  }
}
