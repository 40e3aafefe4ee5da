package dev.meshcheck.suites.suite.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Failure;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Tools;
import java.util.List;

/** A conversation in which tools were called and have answered, as a client gives it back. */
final class ToolRounds {

  /** What the tool said of Paris. */
  static final String PARIS = "{\"celsius\": 17.25}";

  private static final String OF_OPENAI = "call_PTLP8xhu3uwZk4l3nlnrJhaB";

  /** What the one or the other server insists on: OpenAI's form, and Mistral's nine letters. */
  private static final List<String> FORMS = List.of(OF_OPENAI, "meshcheck");

  private static final String RESULT = "the result of a tool";

  private final ArrayNode messages = JsonNodeFactory.instance.arrayNode();

  private ToolRounds() {}

  static ToolRounds asking(String question) {
    ToolRounds rounds = new ToolRounds();
    rounds.messages.addObject().put("role", "user").put("content", question);
    return rounds;
  }

  /** Kimi wants ids of this form in a history, and no other model minds. */
  static String id(int nth) {
    return "functions." + Tools.GET_WEATHER + ":" + nth;
  }

  static ObjectNode call(String id, String arguments) {
    ObjectNode call = JsonNodeFactory.instance.objectNode().put("id", id).put("type", "function");
    call.putObject("function").put("name", Tools.GET_WEATHER).put("arguments", arguments);
    return call;
  }

  static String city(String name) {
    return "{\"city\":\"" + name + "\"}";
  }

  /** A turn of the assistant with an empty text beside its calls, which everybody takes. */
  ToolRounds called(ObjectNode... calls) {
    assistant(calls).put("content", "");
    return this;
  }

  /** A turn of the assistant that calls and has no content of any kind yet. */
  ObjectNode assistant(ObjectNode... calls) {
    ObjectNode turn = messages.addObject().put("role", "assistant");
    turn.putArray("tool_calls").addAll(List.of(calls));
    return turn;
  }

  ToolRounds result(String id, String content) {
    return result(id, JsonNodeFactory.instance.textNode(content));
  }

  ToolRounds result(String id, JsonNode content) {
    messages.addObject().put("role", "tool").put("tool_call_id", id).set("content", content);
    return this;
  }

  /** The answer to all of that, and what the user asks next. */
  ToolRounds said(String answer, String question) {
    messages.addObject().put("role", "assistant").put("content", answer);
    messages.addObject().put("role", "user").put("content", question);
    return this;
  }

  Ask ask(Probe probe) {
    return Tools.ask(probe).with("messages", messages);
  }

  /** The same where the answer does not matter. */
  Ask briefly(Probe probe) {
    return ask(probe).with("max_tokens", 16);
  }

  /** The plainest of them: one question, one call, one result. */
  static Ask one(Probe probe) {
    return one(probe, id(0));
  }

  private static Ask one(Probe probe, String id) {
    return asking(Tools.WEATHER_QUESTION)
        .called(call(id, city("Paris")))
        .result(id, PARIS)
        .ask(probe);
  }

  /**
   * The plainest of them, with ids that the host takes.
   *
   * @throws Failure where the host takes tools, and results of none of their calls: an agent comes
   *     no further than its first call there
   * @throws Inapplicable where it takes no tools
   */
  static Ask taken(Probe probe) {
    Answered first = one(probe).send();
    if (!first.isWhole() || !first.isRefusedAsBad()) {
      return one(probe);
    }
    Said.unlessRefused(Tools.ask(probe), "tools");
    for (String id : FORMS) {
      if (Given.that(() -> one(probe, id).send().status()) == 200) {
        return one(probe, id);
      }
    }
    probe.restsOn(first);
    throw new Failure(
        Reason.WRONG_STATUS,
        "the host takes tools and refuses their results, so that nothing can be said of what is"
            + " built on them",
        "200 for a call and its result in the history",
        first.described());
  }

  /** Goes on where the host takes the plainest of them; what is odd about others is judged then. */
  static void givenOne(Probe probe) {
    Said.unlessRefused(one(probe), RESULT);
  }

  /** Goes on where it takes that one, or the same with an id of the form that OpenAI gives out. */
  static void givenOneOfAnyForm(Probe probe) {
    if (Given.that(() -> one(probe).send().status()) != 200) {
      Said.unlessRefused(one(probe, OF_OPENAI), RESULT);
    }
  }
}
