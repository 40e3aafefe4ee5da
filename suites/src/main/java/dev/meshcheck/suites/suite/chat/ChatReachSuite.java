package dev.meshcheck.suites.suite.chat;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Reach;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Tools;
import dev.meshcheck.suites.check.Usage;
import java.util.function.Function;

/** That what earlier turns say is part of the prompt, whatever else stands beside it. */
public final class ChatReachSuite {

  private static void mustReach(String what, Function<String, Ask> with) {
    Reach.mustCost(what, cost(with.apply(Reach.SHORT), what), cost(with.apply(Reach.TEXT), what));
  }

  private static long cost(Ask ask, String what) {
    Json answer = Given.that(() -> Said.unlessRefused(ask, what).json());
    return Usage.given(answer.at("/usage")).prompt();
  }

  private static ArrayNode conversation(String answer) {
    return Probe.messages("user", "Hello.", "assistant", answer, "user", "Go on.");
  }

  @Check(
      id = "chat.answers-beside-reasoning-count",
      title = "an earlier answer that comes back with its reasoning is part of the prompt",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      pack = Pack.FULL,
      ifItFails = {"a message with reasoning loses its content on the way"})
  void besideReasoning(Probe probe) {
    mustReach(
        "an earlier answer with its reasoning",
        answer -> {
          ArrayNode messages = conversation(answer);
          String thought = "The user greets me.";
          ((ObjectNode) messages.get(1))
              .put("reasoning", thought)
              .put("reasoning_content", thought);
          return probe.chat("").with("messages", messages).with("max_tokens", 1);
        });
  }

  @Check(
      id = "tools.text-beside-calls-counts",
      title = "the text of an earlier turn that calls a tool is part of the prompt",
      level = SHOULD,
      elsewhere = INFO,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      pack = Pack.FULL,
      ifItFails = {
        "the chat template leaves the text out where a turn has calls, as that of Llama 3.1 does",
        "the gateway keeps either the text or the calls"
      })
  void besideCalls(Probe probe) {
    mustReach(
        "the text beside a call",
        text -> {
          ArrayNode messages = conversation(text);
          String id = "functions." + Tools.GET_WEATHER + ":0";
          ObjectNode call =
              ((ObjectNode) messages.get(1))
                  .putArray("tool_calls")
                  .addObject()
                  .put("id", id)
                  .put("type", "function");
          call.putObject("function")
              .put("name", Tools.GET_WEATHER)
              .put("arguments", "{\"city\":\"Paris\"}");
          messages
              .insertObject(2)
              .put("role", "tool")
              .put("tool_call_id", id)
              .put("content", "{\"celsius\": 17.25}");
          return Tools.ask(probe).with("messages", messages).with("max_tokens", 1);
        });
  }
}
