package dev.meshcheck.suites.suite.responses;

import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Refusals;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Tools;
import dev.meshcheck.suites.check.Usage;
import java.util.List;
import java.util.Map;

/** What coding agents send to POST /v1/responses beside function tools. */
public final class AgentToolsSuite {

  private static final String APPLY_PATCH = "apply_patch";

  /** The tools that Codex adds by itself, which run on the server or group others. */
  private static final List<Map<String, Object>> HOSTED =
      List.of(
          Map.of("type", "web_search"),
          Map.of("type", "image_generation"),
          Map.of("type", "local_shell"),
          Map.of(
              "type",
              "namespace",
              "name",
              "mcp__files",
              "description",
              "Files.",
              "tools",
              List.of(Tools.forResponses().get(0))));

  /** A function tool, and a question that the other tool would answer. */
  private static Ask ask(Probe probe) {
    return probe
        .responses("Use the tool apply_patch to add a file hello.txt with the line hello.")
        .with("tools", Tools.forResponses())
        .with("max_output_tokens", Probe.ENOUGH_TOKENS)
        .with("temperature", 0);
  }

  private static Ask beside(Probe probe, ObjectNode tool) {
    return ask(probe).with("tools", Tools.forResponses().add(tool));
  }

  /** The tool with which Codex edits files: free text in a grammar, no JSON. */
  private static ObjectNode custom() {
    ObjectNode tool = JsonNodeFactory.instance.objectNode().put("type", "custom");
    tool.put("name", APPLY_PATCH).put("description", "Edits files. The input is a patch.");
    ObjectNode format = tool.putObject("format").put("type", "grammar").put("syntax", "lark");
    format.put("definition", "start: begin line+ end\nbegin: \"*** Begin Patch\" LF\n");
    return tool;
  }

  private static long promptTokens(Answered answered) {
    return Usage.givenOfResponses(answered.json().at("/usage")).prompt();
  }

  /**
   * Fails where a request with something more is broken on, or answered as if that were not there.
   * A refusal is right: the client can do without, once it knows.
   *
   * @return whether it was taken
   */
  private static boolean mustBeUsedOrRefused(String what, Answered with, Ask without) {
    int status = with.status();
    if (status >= 400 && status < 500) {
      return false;
    }
    with.mustBe(200);
    Usage plain = Usage.givenOfResponses(Given.answered(without).json().at("/usage"));
    // Who counts no prompt at all tells nothing by the count.
    Given.that(plain::mustCountThePrompt);
    Expect.that(
        "input_tokens with " + what + ", which was taken and not refused,",
        promptTokens(with),
        is(greaterThan(plain.prompt())));
    return true;
  }

  @Check(
      id = "responses.custom-tools-are-used-or-refused",
      title = "a custom tool with a grammar reaches the model, or is refused with 4xx",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {
        "the gateway drops tools that are no functions, so that Codex edits no file and says none",
        "custom tools are called as functions, which Codex refuses"
      },
      ifItBreaks = {"the gateway breaks on tools without parameters"})
  void customTools(Probe probe) {
    Said.unlessRefused(ResponsesToolsSuite.ask(probe), "tools");
    Answered answered = beside(probe, custom()).send();
    if (!mustBeUsedOrRefused("a custom tool", answered, ask(probe))) {
      probe.record("refused with " + answered.status());
      return;
    }
    List<Json> asFunction =
        Tools.callItems(answered.json()).stream()
            .filter(call -> call.at("/name").node().asText().equals(APPLY_PATCH))
            .toList();
    Expect.that("the calls of a custom tool as a function", asFunction, is(empty()));
  }

  @Check(
      id = "responses.unknown-tools-are-used-or-refused",
      title = "a tool of an unknown type reaches the model, or is refused with 4xx",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_TOOLS,
      ifItFails = {"the gateway drops tools that it does not know, and the client waits for them"})
  void unknownTools(Probe probe) {
    Said.unlessRefused(ResponsesToolsSuite.ask(probe), "tools");
    ObjectNode tool = JsonNodeFactory.instance.objectNode().put("type", "meshcheck_unknown");
    tool.put("name", "do_it").put("description", "Does what nobody has heard of yet.");
    mustBeUsedOrRefused("an unknown tool", beside(probe, tool).send(), ask(probe));
  }

  @Check(
      id = "responses.hosted-tools-are-no-server-error",
      title = "the hosted tools that Codex adds by itself are taken or refused, never a 5xx",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_TOOLS,
      ifItBreaks = {"the gateway breaks on tools without a name or parameters"})
  void hostedTools(Probe probe) {
    Said.unlessRefused(ResponsesToolsSuite.ask(probe), "tools");
    ArrayNode tools = Tools.forResponses();
    HOSTED.forEach(tools::addPOJO);
    Answered answered = ask(probe).with("tools", tools).send();
    Refusals.mustNotBeServerError(answered);
    probe.record("web_search, image_generation, local_shell and namespace: " + answered.status());
  }

  @Check(
      id = "responses.custom-calls-of-a-history-are-read-or-refused",
      title = "a custom call and its output in the input reach the model, or are refused with 4xx",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {
        "items that are no messages are dropped from the input, so that an agent goes in circles"
      })
  void customHistory(Probe probe) {
    Object question = Map.of("type", "message", "role", "user", "content", Basis.HELLO);
    Object call =
        Map.of(
            "type", "custom_tool_call",
            "call_id", "call_meshcheck_2",
            "name", APPLY_PATCH,
            "input", "*** Begin Patch\n*** Add File: hello.txt\n+hello\n*** End Patch");
    Object output =
        Map.of(
            "type", "custom_tool_call_output",
            "call_id", "call_meshcheck_2",
            "output", "Success. Updated the following files: hello.txt");
    Ask plain = probe.responses("").with("max_output_tokens", 16);
    mustBeUsedOrRefused(
        "a custom call and its output",
        plain.with("input", List.of(question, call, output)).send(),
        plain.with("input", List.of(question)));
  }

  @Check(
      id = "responses.reasoning-items-are-taken",
      title = "a reasoning item of an earlier turn, sent back as agents do, is taken",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {
        "the gateway knows messages and calls only, so that an agent stops at its second turn"
      },
      ifItBreaks = {"the gateway breaks on items without content"})
  void reasoningItems(Probe probe) {
    ObjectNode question = turn("user", Basis.HELLO);
    ObjectNode said = turn("assistant", "Hello!");
    ObjectNode next = turn("user", "Say it again.");
    Ask plain = probe.responses("").with("max_output_tokens", 16);
    Given.whereItFails(
        probe,
        () -> mustBeTaken(plain.with("input", List.of(question, thought(), said, next)).send()),
        () -> plain.with("input", List.of(question, said, next)).send().mustBe(200));
  }

  private static void mustBeTaken(Answered answered) {
    if (answered.status() == 404) {
      throw new Inapplicable("the host looks thoughts up, and has none of this id");
    }
    answered.mustBe(200);
  }

  /** Encrypted content is null where a host gave none; one that we made up nobody could read. */
  private static ObjectNode thought() {
    ObjectNode item = JsonNodeFactory.instance.objectNode().put("type", "reasoning");
    item.put("id", "rs_meshcheck_1");
    ObjectNode summary = item.putArray("summary").addObject().put("type", "summary_text");
    summary.put("text", "The user wants a greeting.");
    return item.putNull("encrypted_content");
  }

  private static ObjectNode turn(String role, String text) {
    ObjectNode item = JsonNodeFactory.instance.objectNode().put("type", "message");
    return item.put("role", role).put("content", text);
  }

  @Check(
      id = "responses-stream.codex-request-is-answered",
      title = "a request with all the options that Codex sends is answered with a stream",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {
        "include, store or prompt_cache_key is refused",
        "the role developer or content in parts is not known"
      })
  void codexRequest(Probe probe) {
    Answered answered = codex(probe).stream();
    answered.mustBe(200);
    Given.that(() -> answered.events().mustBeWellFormed());
  }

  /** What Codex asks for, store false among it. */
  static Ask codex(Probe probe) {
    return ask(probe)
        .with("instructions", "You are a coding agent.")
        .with("input", List.of(message("developer", "Be brief."), message("user", Basis.HELLO)))
        .with("tool_choice", "auto")
        .with("parallel_tool_calls", true)
        .with("store", false)
        .with("include", List.of("reasoning.encrypted_content"))
        .with("prompt_cache_key", "0199f3c2-7a51-7c3e-9f0e-6d1a2b3c4d5e");
  }

  private static Map<String, Object> message(String role, String text) {
    Object part = Map.of("type", "input_text", "text", text);
    return Map.of("type", "message", "role", role, "content", List.of(part));
  }
}
