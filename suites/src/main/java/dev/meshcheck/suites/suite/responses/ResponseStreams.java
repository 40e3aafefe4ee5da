package dev.meshcheck.suites.suite.responses;

import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.StreamKinds;
import java.util.List;
import java.util.stream.Collectors;

/** The streams of POST /v1/responses, of every kind. */
final class ResponseStreams {

  /** Emoji of several code points, right-to-left, and beyond the first plane. */
  private static final String EVERY_SCRIPT = "naïve 日本語 👩‍💻 שלום 𝄞 ñ";

  private ResponseStreams() {}

  static StreamKinds kinds(Probe probe) {
    return StreamKinds.of(probe.responses(Basis.HELLO))
        .and("with a tool", ResponsesToolsSuite.ask(probe))
        .and("with two calls", ResponsesToolsSuite.two(probe))
        .and("cut by max_output_tokens", ResponsesUsageSuite.cutting(probe))
        .and("with text of every script", everyScript(probe));
  }

  private static Ask everyScript(Probe probe) {
    return probe.responses("Reply with exactly this: \"" + EVERY_SCRIPT + "\"");
  }

  static String type(Json event) {
    return event.at("/type").text();
  }

  /** The events of that type. */
  static List<Json> ofType(List<Json> events, String type) {
    return events.stream().filter(event -> Given.text(event.at("/type")).equals(type)).toList();
  }

  /** The deltas of all texts, joined. */
  static String text(List<Json> events) {
    return ofType(events, "response.output_text.delta").stream()
        .map(event -> event.at("/delta").text())
        .collect(Collectors.joining());
  }

  /** The response that the last event holds; it may be missing. */
  static Json last(List<Json> events) {
    return events.get(events.size() - 1).at("/response");
  }
}
