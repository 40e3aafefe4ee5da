package dev.meshcheck.suites.suite.completions;

import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.StreamKinds;
import java.util.List;
import java.util.Map;

/** The streams of POST /v1/completions, of every kind. */
final class CompletionStreams {

  private static final Map<String, Boolean> USAGE = Map.of("include_usage", true);

  /** Emoji of several code points, right-to-left, and beyond the first plane. */
  private static final String EVERY_SCRIPT = "naïve 日本語 👩‍💻 שלום 𝄞 ñ";

  private CompletionStreams() {}

  static Ask plain(Probe probe) {
    return probe.completions(Basis.HELLO).with("stream_options", USAGE);
  }

  static StreamKinds kinds(Probe probe) {
    return StreamKinds.of(plain(probe))
        .and("without usage", probe.completions(Basis.HELLO))
        .and("with logprobs", () -> logprobs(probe).stream())
        .and("of two prompts", CompletionsBehaviourSuite.prompts(probe))
        .and("with text of every script", everyScript(probe));
  }

  /** With the prompt in front, whose tokens have log probabilities too, where the host can. */
  static Ask logprobs(Probe probe) {
    Ask alone = CompletionsSuite.logprobs(probe).with("stream_options", USAGE);
    Ask echoed = alone.with("echo", true);
    return echoed.stream().status() == 200 ? echoed : alone;
  }

  private static Ask everyScript(Probe probe) {
    return probe
        .completions("Reply with exactly this: \"" + EVERY_SCRIPT + "\"")
        .with("max_tokens", 96);
  }

  /** The pieces of each choice in order. */
  static List<List<Json>> pieces(List<Json> chunks) {
    List<Json> choices =
        chunks.stream().flatMap(c -> c.at("/choices").optionalItems().stream()).toList();
    return choices.stream()
        .map(choice -> choice.at("/index").integer())
        .distinct()
        .map(index -> ofIndex(choices, index))
        .toList();
  }

  private static List<Json> ofIndex(List<Json> choices, long index) {
    return choices.stream()
        .filter(choice -> choice.at("/index").integer() == index)
        .map(choice -> choice.at("/text"))
        .toList();
  }
}
