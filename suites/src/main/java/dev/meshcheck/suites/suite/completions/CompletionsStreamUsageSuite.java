package dev.meshcheck.suites.suite.completions;

import static dev.meshcheck.fixtures.surface.RouteName.COMPLETIONS;
import static dev.meshcheck.reports.outcome.Level.INFO;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.is;

import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Streams;
import dev.meshcheck.suites.check.Usage;
import java.util.List;

/** Usage in a streamed completion. */
public final class CompletionsStreamUsageSuite {

  private static List<Json> chunks(Probe probe) {
    return Given.stream(CompletionStreams.plain(probe)).chunks();
  }

  @Check(
      id = "completions-stream.usage-comes-last-and-alone",
      title = "usage comes once, in the last chunk, which holds no choices",
      level = SHOULD,
      elsewhere = INFO,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"usage is put on every chunk", "usage is put on the finishing chunk"})
  void usageComesLast(Probe probe) {
    Streams.mustTellUsageLast(chunks(probe));
  }

  @Check(
      id = "completions-stream.no-usage-unasked",
      title = "without stream_options no chunk tells usage",
      level = SHOULD,
      elsewhere = INFO,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"the gateway asks for usage on its own account and passes it on"})
  void noUsageUnasked(Probe probe) {
    List<Json> unasked = Given.stream(probe.completions(Basis.HELLO)).chunks();
    long told = unasked.stream().filter(chunk -> chunk.at("/usage").present()).count();
    Expect.that("the number of chunks with usage", told, is(0L));
  }

  @Check(
      id = "completions-stream.counts-the-prompt-like-the-whole",
      title = "a streamed completion counts the same prompt tokens as a whole one",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"usage of streams is estimated by the gateway"})
  void countsLikeTheWhole(Probe probe) {
    Usage whole =
        Given.that(() -> Usage.ofChat(Basis.judge(probe, COMPLETIONS).json().at("/usage")));
    Usage streamed = Given.that(() -> Streams.mustTellUsage(chunks(probe)));
    Expect.that("prompt_tokens of the stream", streamed.prompt(), is(whole.prompt()));
  }
}
