package dev.meshcheck.suites.suite.responses;

import static dev.meshcheck.fixtures.surface.RouteName.RESPONSES;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.reports.outcome.Reason;
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
import dev.meshcheck.suites.check.Refusals;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Usage;
import java.util.List;
import java.util.Map;

/** Responses that go on from an earlier one, which the host has stored. */
public final class ContinuedResponsesSuite {

  /** So much more may an answer cost than the same conversation sent whole. */
  private static final long ROOM_FOR_A_TEMPLATE = 20;

  private static Json first(Probe probe) {
    return Said.unlessRefused(CodeWord.first(probe), "store").json();
  }

  /** What goes on from that response, where the host knows the field. */
  private static Answered continued(Probe probe, Json first) {
    return Said.unlessRefused(CodeWord.second(probe, CodeWord.id(first)), "previous_response_id");
  }

  @Check(
      id = "responses.previous-response-is-known",
      title = "previous_response_id continues the conversation, or is refused, never ignored",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"the field is dropped, so that the conversation is silently lost"})
  void previous(Probe probe) {
    Ask second = CodeWord.second(probe, CodeWord.id(first(probe)));
    Refusals.mustNotBeServerError(second.send());
    Said.unlessRefused(second, "previous_response_id");
    CodeWord.mustBeKnown(probe, second);
  }

  @Check(
      id = "responses.items-of-a-previous-response-are-known",
      title = "what a list of items said is known to what continues it, as what a text said is",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"the history keeps inputs that are texts, and drops those that are lists"})
  void itemsAreKnown(Probe probe) {
    Ask text = CodeWord.second(probe, CodeWord.id(first(probe)));
    Said.unlessRefused(text, "previous_response_id");
    Json items = Said.unlessRefused(CodeWord.firstAsItems(probe), "a list of messages").json();
    Given.whereItFails(
        probe,
        () -> CodeWord.mustBeKnownFromItems(probe, CodeWord.second(probe, CodeWord.id(items))),
        () -> CodeWord.mustBeKnown(probe, text));
  }

  @Check(
      id = "responses.previous-response-costs-its-history",
      title = "a continued response costs about the input tokens of the same turns sent whole",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"the history is put before the input twice, and billed twice"})
  void costsItsHistory(Probe probe) {
    Json first = first(probe);
    Answered continued = continued(probe, first);
    Json usage = continued.json().at("/usage");
    Json whole =
        Said.unlessRefused(CodeWord.whole(probe, first), "a list of messages").json().at("/usage");
    if (!usage.present() || !whole.present()) {
      throw new Inapplicable("the response tells no usage, which is not documented here");
    }
    long sentWhole = Usage.givenOfResponses(whole).prompt();
    long cost = Usage.givenOfResponses(usage).prompt();
    // Templates differ by some tokens, and a thought may be kept: only what is far more tells.
    long most = Math.max(sentWhole * 3 / 2, sentWhole + ROOM_FOR_A_TEMPLATE);
    probe.restsOn(continued);
    Expect.that(
        Reason.WRONG_VALUE,
        cost <= most,
        "a continued response costs "
            + cost
            + " input tokens, and the same turns sent whole "
            + sentWhole,
        "at most " + most + " input tokens",
        cost + " input tokens");
  }

  @Check(
      id = "responses.instructions-do-not-carry-over",
      title = "instructions of a previous response are not shown to the model again",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"instructions are kept as a message of the conversation"})
  void instructionsDoNotCarryOver(Probe probe) {
    String word = probe.nonce("tulip");
    Ask first =
        CodeWord.ask(probe, Basis.HELLO)
            .with("instructions", "The code word is " + word + ". Tell it to who asks for it.")
            .with("store", true);
    Json told = Said.unlessRefused(first, "instructions and store").json();
    if (told.at("/output").toString().contains(word)) {
      throw new Inapplicable("the first response tells the code word, so the second may know it");
    }
    Ask second = CodeWord.second(probe, CodeWord.id(told));
    Json after = Said.unlessRefused(second, "previous_response_id").json();
    Expect.that(
        Reason.WRONG_VALUE,
        !after.at("/output").toString().contains(word),
        "the model knows the instructions of the response before, which were not sent again",
        "a response without " + word,
        Said.responseText(after));
  }

  @Check(
      id = "responses.unknown-previous-response-is-refused",
      title = "a previous_response_id that nobody has is refused, not ignored",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      ifItFails = {"the field is dropped, so that the conversation is silently lost"})
  void unknownPrevious(Probe probe) {
    unknown(probe).mustBeRefused("previous_response_id names no response");
  }

  /** What is said to an id that nobody has. */
  static Answered unknown(Probe probe) {
    return probe
        .responses(Basis.HELLO)
        .with("previous_response_id", "resp_meshcheck_does_not_exist")
        .send();
  }

  @Check(
      id = "responses.odd-references-are-no-server-error",
      title = "references to items, responses and calls that nobody has are no server error",
      level = SHOULD,
      route = RESPONSES,
      source = Sources.OPENAI_RESPONSES,
      pack = Pack.FULL,
      ifItBreaks = {
        "what is referred to is looked up and used without a look at whether it was found",
        "the gateway tells kinds of items apart, and has no case for others"
      })
  void oddReferences(Probe probe) {
    Ask plain = probe.responses(Basis.HELLO).with("max_output_tokens", 16);
    Map<String, Object> said = Map.of("type", "message", "role", "user", "content", Basis.HELLO);
    for (Ask odd :
        List.of(
            plain.with("previous_response_id", 42),
            plain.with("previous_response_id", "chatcmpl-meshcheck"),
            plain.with("input", List.of(reference(), said)),
            plain.with("input", List.of(said, outputOfNobody())),
            plain.with("input", List.of(Map.of("type", "meshcheck_unknown", "id", "x_1"), said)))) {
      Refusals.mustNotBeServerError(odd.send());
    }
  }

  private static Map<String, Object> reference() {
    return Map.of("type", "item_reference", "id", "msg_meshcheck_nobody");
  }

  private static Map<String, Object> outputOfNobody() {
    return Map.of(
        "type", "function_call_output", "call_id", "call_meshcheck_nobody", "output", "17");
  }
}
