package dev.meshcheck.suites.suite.completions;

import static dev.meshcheck.fixtures.surface.RouteName.COMPLETIONS;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Characters;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Epoch;
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

/** POST /v1/completions with stream: true. */
public final class CompletionsStreamSuite {

  private static Ask ask(Probe probe) {
    return CompletionStreams.plain(probe);
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
    CompletionStreams.kinds(probe).each(Streams::mustEndWithDone);
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
    CompletionStreams.kinds(probe).each(Streams::mustBeDataOnly);
  }

  @Check(
      id = "completions-stream.identity-is-constant",
      title = "every chunk is a text_completion with the same id and model",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"streams of several requests are mixed", "the chat route answers"})
  void identityIsConstant(Probe probe) {
    CompletionStreams.kinds(probe)
        .each(
            events -> {
              List<Json> chunks = events.chunks();
              Streams.mustStayTheSame(chunks, "/id", "/object", "/model");
              Expect.that("object", chunks.get(0).at("/object").text(), is("text_completion"));
            });
  }

  @Check(
      id = "completions-stream.names-the-model-of-the-whole",
      title = "the chunks of a stream name the model that the whole answer names",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"the name is put back to the one that was asked for in whole answers alone"})
  void namesTheModelOfTheWhole(Probe probe) {
    String whole = Given.text(Basis.judge(probe, COMPLETIONS).json().at("/model"));
    Streams.mustName(Given.stream(CompletionStreams.plain(probe)).chunks(), whole);
  }

  @Check(
      id = "completions-stream.created-is-constant",
      title = "created stays the same over every stream",
      level = MUST,
      route = COMPLETIONS,
      when = Trait.TENSORMESH,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"each chunk is stamped anew"})
  void createdIsConstant(Probe probe) {
    CompletionStreams.kinds(probe)
        .each(events -> Streams.mustStayTheSame(events.chunks(), "/created"));
  }

  @Check(
      id = "completions-stream.created-is-seconds",
      title = "created of every chunk is a time in seconds",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"the time is in milliseconds"})
  void createdIsSeconds(Probe probe) {
    CompletionStreams.kinds(probe)
        .each(events -> events.chunks().forEach(c -> Epoch.mustBeSeconds(c.at("/created"))));
  }

  @Check(
      id = "completions-stream.every-kind-is-well-formed",
      title = "whatever a stream is asked for, it is an event stream of JSON that ends by itself",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"an option such as logprobs takes another way through the server"},
      about = {Reason.STREAM_ERROR, Reason.BODY_MALFORMED, Reason.BODY_CUT})
  void everyKindIsWellFormed(Probe probe) {
    stream(probe);
    CompletionStreams.kinds(probe).eachMustBe(Events::mustBeWellFormed);
  }

  @Check(
      id = "completions-stream.characters-are-whole",
      title = "no chunk of a stream breaks a character",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.SSE,
      ifItFails = {"the server sends tokens that are parts of a character"})
  void charactersAreWhole(Probe probe) {
    CompletionStreams.kinds(probe)
        .each(e -> CompletionStreams.pieces(e.chunks()).forEach(Characters::mustBeWhole));
  }

  @Check(
      id = "completions-stream.chunks-have-choices",
      title = "every chunk behind the first has choices, or tells usage or an error",
      level = SHOULD,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"a gateway keeps the connection alive by empty chunks, and not by SSE comments"})
  void haveChoices(Probe probe) {
    CompletionStreams.kinds(probe).each(events -> Streams.mustHaveChoices(events.chunks()));
  }

  @Check(
      id = "completions-stream.finishes-once",
      title = "each choice ends with exactly one known finish_reason, and no text follows it",
      level = MUST,
      route = COMPLETIONS,
      source = Sources.OPENAI_COMPLETIONS,
      ifItFails = {"the last chunk is lost"})
  void finishesOnce(Probe probe) {
    CompletionStreams.kinds(probe)
        .each(e -> Streams.mustFinishOnce(e.chunks(), CompletionsSuite.FINISH_REASONS));
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
