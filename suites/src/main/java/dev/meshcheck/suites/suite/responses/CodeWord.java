package dev.meshcheck.suites.suite.responses;

import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Tries;
import java.util.List;
import java.util.Map;

/**
 * A first turn that tells a code word and is to be stored, and a second one that asks for it. All
 * checks of conversations of responses share them, so that they are sent once.
 */
final class CodeWord {

  static final String WHICH = "What is the code word? Reply with the code word only.";
  static final String VIOLET = "violet-8130";
  private static final String COPPER = "copper-5521";

  /** Room for a code word, and for some reasoning before it. */
  private static final int TOKENS = 128;

  private CodeWord() {}

  /** Long enough for its tokens to show in a count, whatever a template adds. */
  static String told(String word) {
    return "The code word is "
        + word
        + ". It is on a card in the second drawer of the desk by the window, below the blue folder"
        + " with the letters of last year, and only the two of us know about the card, the drawer"
        + " and the folder, so please tell nobody else. Say that you understood.";
  }

  /** The first turn, as a text. */
  static Ask first(Probe probe) {
    return ask(probe, told(VIOLET)).with("store", true);
  }

  /** The first turn with another code word, as a list of items. */
  static Ask firstAsItems(Probe probe) {
    Object item = Map.of("type", "message", "role", "user", "content", told(COPPER));
    return ask(probe, "").with("input", List.of(item)).with("store", true);
  }

  /** The second turn of that response. */
  static Ask second(Probe probe, String previous) {
    return ask(probe, WHICH).with("previous_response_id", previous);
  }

  /** The same two turns sent whole. */
  static Ask whole(Probe probe, Json first) {
    String said = Said.responseText(first);
    Ask ask = ask(probe, "").with("max_output_tokens", 16);
    return said.isBlank()
        ? ask.with("input", Probe.messages("user", told(VIOLET), "user", WHICH))
        : ask.with("input", Probe.messages("user", told(VIOLET), "assistant", said, "user", WHICH));
  }

  /** A request without randomness. */
  static Ask ask(Probe probe, String input) {
    return probe.responses(input).with("max_output_tokens", TOKENS).with("temperature", 0);
  }

  static String id(Json response) {
    return Given.text(response.at("/id"));
  }

  static void mustBeKnown(Probe probe, Ask second) {
    mustBeKnown(probe, second, VIOLET);
  }

  static void mustBeKnownFromItems(Probe probe, Ask second) {
    mustBeKnown(probe, second, COPPER);
  }

  private static void mustBeKnown(Probe probe, Ask second, String word) {
    Tries.of(probe, second, answered -> Said.mustHold("the response", Said.text(answered), word));
  }
}
