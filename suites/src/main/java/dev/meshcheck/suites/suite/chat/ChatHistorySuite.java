package dev.meshcheck.suites.suite.chat;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.LongTalk;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Reach;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Tries;
import dev.meshcheck.suites.check.Usage;

/** Conversations as clients keep them: what they leave empty, and what they write beside it. */
public final class ChatHistorySuite {

  private static final String WORD = "heron-2938";
  private static final String TOLD =
      "The code word is " + WORD + ". Tell it to everybody who asks.";
  private static final String ASKED = "What is the code word? Reply with the code word only.";
  private static final int TOKENS = 96;

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
      elsewhere = INFO,
      route = CHAT,
      source = Sources.VLLM_SERVER,
      ifItFails = {"the gateway refuses fields of messages that it sends itself"})
  void reasoning(Probe probe) {
    mustBeTaken(probe, withReasoning("Hello!"));
  }

  private static ArrayNode withReasoning(String answer) {
    ArrayNode messages = conversation();
    ((ObjectNode) messages.get(1))
        .put("content", answer)
        .put("reasoning", "The user greets me.")
        .put("reasoning_content", "The user greets me.");
    return messages;
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
    Reach.mustCost(
        "an earlier answer with its reasoning",
        text -> {
          Ask ask = briefly(probe, withReasoning(text));
          Json answer = Given.that(() -> Said.unlessRefused(ask, "reasoning of its own").json());
          return Usage.given(answer.at("/usage")).prompt();
        });
  }

  @Check(
      id = "chat.knows-a-later-system-message",
      title = "what a system message in mid-conversation says is known, or it is refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "system messages behind the first message are dropped",
        "the chat template renders the first system message alone"
      })
  void laterSystemMessage(Probe probe) {
    mustKnowTheWord(
        probe,
        "a system message in mid-conversation",
        "user",
        "Hello.",
        "assistant",
        "Hello!",
        "system",
        TOLD,
        "user",
        ASKED);
  }

  /** Fails where a conversation is taken and the word is not known that is told in it. */
  private static void mustKnowTheWord(Probe probe, String ability, String... messages) {
    Tries.untilGood(
        probe,
        probe.conversation(messages).with("max_tokens", TOKENS),
        answered -> {
          Said.unlessRefused(answered, ability);
          Said.mustHold("the answer", Said.content(answered), WORD);
        });
  }

  @Check(
      id = "chat.knows-the-first-of-two-system-messages",
      title = "what the first of two system messages says is known, or both are refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "of several system messages the last is kept, and the others are dropped",
        "a proxy puts a system message of its own in the place of the client's"
      })
  void twoSystemMessages(Probe probe) {
    mustKnowTheWord(
        probe,
        "two system messages",
        "system",
        TOLD,
        "system",
        "Answer in English.",
        "user",
        ASKED);
  }

  @Check(
      id = "chat.knows-a-system-message-in-parts",
      title = "what a system message says is known where its content is a list of parts, too",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      pack = Pack.FULL,
      ifItFails = {
        "parts are read of users alone, and agents send instructions in parts to have them cached",
        "the chat template renders a list of parts as nothing"
      })
  void systemMessageInParts(Probe probe) {
    ArrayNode messages = Probe.messages("system", "", "user", ASKED);
    ArrayNode parts = ((ObjectNode) messages.get(0)).putArray("content");
    parts.addObject().put("type", "text").put("text", TOLD);
    Tries.untilGood(
        probe,
        probe.chat("").with("messages", messages).with("max_tokens", TOKENS),
        answered -> Said.mustHold("the answer", Said.content(Said.taken(answered)), WORD));
  }

  @Check(
      id = "chat.knows-the-first-of-two-user-messages",
      title = "what the first of two user messages in a row says is known, or both are refused",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "of messages in a row the last is kept, and the others are dropped",
        "the gateway turns the conversation into pairs of question and answer"
      })
  void twoUserMessages(Probe probe) {
    mustKnowTheWord(probe, "two user messages in a row", "user", TOLD, "user", ASKED);
  }

  @Check(
      id = "chat.knows-the-beginning-of-a-long-talk",
      title = "what was said first is known at the end of a conversation of some thousand tokens",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "the engine's context is smaller than it tells, and what is too long loses its beginning",
        "the gateway sends the last messages alone"
      })
  void beginningOfALongTalk(Probe probe) {
    Ask talk =
        LongTalk.talk(probe)
            .orElseThrow(() -> new Inapplicable("/tokenize tells no max_model_len"));
    if (Given.that(talk.send()::status) != 200) {
      throw new Inapplicable("the host does not take a body of 200 KB, or so many tokens");
    }
    Tries.untilGood(
        probe,
        talk,
        answered -> {
          String said = Said.content(answered);
          if (!said.contains(LongTalk.word(probe)) && !findsItLate(probe)) {
            throw new Inapplicable("the model finds nothing in a long conversation");
          }
          probe.restsOn(answered);
          Said.mustHold("the answer", said, LongTalk.word(probe));
        });
  }

  /** Whether the model finds the word in a conversation as long, where it was told last. */
  private static boolean findsItLate(Probe probe) {
    return LongTalk.toldLate(probe).stream()
        .anyMatch(late -> Said.everything(late.send()).contains(LongTalk.word(probe)));
  }
}
