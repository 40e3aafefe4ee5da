package dev.meshcheck.suites.suite.completions;

import static dev.meshcheck.fixtures.surface.RouteName.COMPLETIONS;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Events;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Streams;
import dev.meshcheck.suites.check.Trait;
import dev.meshcheck.suites.check.Tries;
import java.util.List;
import java.util.Map;

/** POST /v1/completions with stream: true. */
public final class CompletionsStreamSuite {

  private static Ask ask(Probe probe) {
    return probe.completions(Basis.HELLO).with("stream_options", Map.of("include_usage", true));
  }

  private static Events stream(Probe probe) {
    return Given.stream(ask(probe));
  }

  @Check(
      id = "completions-stream.is-well-formed",
      title = "a streamed completion is an event stream of JSON that ends by itself",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.QUICKSTART,
      ifItFails = {"a proxy cuts long answers", "the gateway does not pass streams on"})
  void isWellFormed(Probe probe) {
    ask(probe).stream().events().mustBeWellFormed();
  }

  @Check(
      id = "completions-stream.ends-with-done",
      title = "data: [DONE] comes exactly once, as the last event",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.QUICKSTART,
      ifItFails = {"a proxy drops the last event"})
  void endsWithDone(Probe probe) {
    Streams.mustEndWithDone(stream(probe));
  }

  @Check(
      id = "completions-stream.is-data-only",
      title = "the events have data lines only, as documented",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.QUICKSTART,
      when = Trait.TENSORMESH,
      ifItFails = {"the gateway frames completions like another API"})
  void isDataOnly(Probe probe) {
    Streams.mustBeDataOnly(stream(probe));
  }

  @Check(
      id = "completions-stream.identity-is-constant",
      title = "every chunk is a text_completion with the same id, created and model",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"streams of several requests are mixed", "the chat route answers"})
  void identityIsConstant(Probe probe) {
    Streams.mustStayTheSame(stream(probe).chunks(), "/id", "/object", "/created", "/model");
    Expect.that(
        "object", stream(probe).chunks().get(0).at("/object").text(), is("text_completion"));
  }

  @Check(
      id = "completions-stream.finishes-once",
      title = "each choice ends with exactly one known finish_reason, and no text follows it",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"the last chunk is lost"})
  void finishesOnce(Probe probe) {
    Streams.mustFinishOnce(stream(probe).chunks(), CompletionsSuite.FINISH_REASONS);
  }

  @Check(
      id = "completions-stream.tells-usage-when-asked",
      title = "with include_usage the stream tells usage, and it adds up",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"the gateway drops stream_options"})
  void tellsUsage(Probe probe) {
    Streams.mustTellUsage(stream(probe).chunks());
  }

  @Check(
      id = "completions-stream.has-text",
      title = "the chunks hold text",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"text is sent as chat deltas"})
  void hasText(Probe probe) {
    if (Given.text(Basis.judge(probe, COMPLETIONS).json().at("/choices/0/text")).isEmpty()) {
      throw new Inapplicable("the text is empty without a stream too");
    }
    Expect.that(
        "the joined text", Streams.contentOf(stream(probe).chunks(), "/text"), not(emptyString()));
  }

  @Check(
      id = "completions-stream.equals-the-whole",
      title = "the chunks joined are the text of the same request without stream",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"a chunk is lost or doubled", "the model is not repeatable at temperature 0"})
  void equalsTheWhole(Probe probe) {
    Tries.pairs(
        probe,
        nth -> {
          Json whole = Given.answered(Basis.ask(probe, COMPLETIONS).again(nth)).json();
          List<Json> chunks = Given.stream(ask(probe).again(nth)).chunks();
          Expect.that(
              "the joined chunks",
              Streams.contentOf(chunks, "/text"),
              is(Given.text(whole.at("/choices/0/text"))));
        });
  }
}
