package dev.meshcheck.suites.suite.chat;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;

/** Conversations as clients keep them: what they leave empty, and what they write beside it. */
public final class ChatHistorySuite {

  private static ArrayNode conversation() {
    return Probe.messages("user", "Hello.", "assistant", "Hello!", "user", Basis.HELLO);
  }

  private static Ask briefly(Probe probe, JsonNode messages) {
    return probe.chat("").with("messages", messages).with("max_tokens", 4);
  }

  /** Fails where that is refused, although the same conversation is taken without its oddities. */
  private static void mustBeTaken(Probe probe, JsonNode messages) {
    Given.answered(briefly(probe, conversation()));
    briefly(probe, messages).send().mustBe(200);
  }

  @Check(
      id = "chat.names-are-taken",
      title = "messages with a name of who speaks are answered",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"the gateway refuses fields of messages that it does not know"})
  void names(Probe probe) {
    ArrayNode messages = conversation();
    messages.forEach(message -> ((ObjectNode) message).put("name", "agent_1"));
    mustBeTaken(probe, messages);
  }

  @Check(
      id = "chat.empty-texts-are-taken",
      title = "a history with an empty system message and an empty answer is answered",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "the gateway takes an empty string for a missing field",
        "the chat template of Mistral insists on a text: clients keep empty answers after an abort"
      })
  void emptyTexts(Probe probe) {
    ArrayNode messages = conversation();
    ((ObjectNode) messages.get(1)).put("content", "");
    messages.insertObject(0).put("role", "system").put("content", "");
    mustBeTaken(probe, messages);
  }

  @Check(
      id = "chat.reasoning-of-earlier-turns-is-taken",
      title = "an answer given back with its reasoning, under either name, is taken",
      level = SHOULD,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {"the gateway refuses fields of messages that it sends itself"})
  void reasoning(Probe probe) {
    ArrayNode messages = conversation();
    ((ObjectNode) messages.get(1))
        .put("reasoning", "The user greets me.")
        .put("reasoning_content", "The user greets me.");
    mustBeTaken(probe, messages);
  }
}
