package dev.meshcheck.suites.suite.chat;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.SHOULD;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.StopString;
import dev.meshcheck.suites.check.Streams;
import dev.meshcheck.suites.check.Tries;
import java.util.List;

/** The ends of a chat answer, where text is held back, or taken for nothing. */
public final class TextEndsSuite {

  @Check(
      id = "chat-stream.stops-that-never-come-lose-nothing",
      title = "a stream with a stop string that never comes ends with the last word of its text",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"what is held back while the stop string might come is not sent at the end"})
  void stopsThatNeverCome(Probe probe) {
    String whole =
        Given.that(() -> Basis.judge(probe, CHAT).json())
            .at("/choices/0/message/content")
            .optionalText()
            .orElse("");
    Ask ask = probe.chat(Basis.HELLO).with("stop", List.of(StopString.begunAtTheEndOf(whole)));
    Tries.untilGood(
        probe,
        nth -> {
          List<Json> chunks =
              Given.chunks(Said.unlessTheModelCannot(probe, ask.asStream().again(nth).send()));
          StopString.mustHoldBackNothing(Streams.contentOf(chunks, "/delta/content"), whole);
        });
  }

  /** Ends with the line before the third number, whoever counts. */
  private static Ask counting(Probe probe) {
    return probe
        .chat("Count from 1 to 5, one number per line.")
        .with("stop", List.of("3"))
        .with("max_tokens", 32);
  }

  @Check(
      id = "chat.white-space-at-the-ends-is-kept",
      title = "white space at the ends of an answer is the same, whole and streamed",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      pack = Pack.FULL,
      ifItFails = {
        "whole answers are stripped and streams are not, so that code loses its indentation",
        "a stream passes over deltas that are white space alone"
      })
  void whiteSpace(Probe probe) {
    Tries.pairs(
        probe,
        nth -> {
          Json message =
              Given.that(
                      () ->
                          Said.unlessTheModelCannot(probe, counting(probe).again(nth).send())
                              .mustBe(200)
                              .json())
                  .at("/choices/0/message");
          List<Json> chunks = Given.stream(counting(probe).again(nth)).chunks();
          String whole = message.at("/content").optionalText().orElse("");
          String streamed = Streams.contentOf(chunks, "/delta/content");
          mustBeAlike(whole, streamed, ChatParametersSuite.textOf(message));
        });
  }

  /** A thought is parted from its answer by white space that parsers take along or do not. */
  private static void mustBeAlike(String whole, String streamed, String everything) {
    if (!whole.equals(everything) || !whole.strip().equals(streamed.strip())) {
      throw new Inapplicable("the model thinks first, or the stream says something else");
    }
    if (whole.equals(whole.strip()) && streamed.equals(streamed.strip())) {
      throw new Inapplicable("the answer neither begins nor ends with white space");
    }
    Expect.that(
        Reason.WRONG_VALUE,
        whole.equals(streamed),
        "the whole answer has other white space at its ends than its stream",
        quoted(streamed),
        quoted(whole));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\n", "\\n") + "\"";
  }
}
