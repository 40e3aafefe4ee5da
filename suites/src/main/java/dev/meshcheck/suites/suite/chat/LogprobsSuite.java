package dev.meshcheck.suites.suite.chat;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Events;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Streams;
import dev.meshcheck.suites.check.Usage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Log probabilities of chat answers. */
public final class LogprobsSuite {

  /** Log probabilities of the same token differ by less than this from batch to batch. */
  private static final double SAME_WITHIN = 0.5;

  /** Characters of several tokens, and of several bytes, among others. */
  private static final String SAID = "\u00e9 \u65e5 ok";

  static Ask ask(Probe probe) {
    return probe
        .chat("Reply with exactly this: \"" + SAID + "\"")
        .with("logprobs", true)
        .with("top_logprobs", 2)
        .with("max_tokens", 8);
  }

  static Ask streamed(Probe probe) {
    return ask(probe).with("stream_options", Map.of("include_usage", true));
  }

  private static Json answer(Probe probe) {
    return Said.unlessRefused(ask(probe), "logprobs").json();
  }

  /**
   * The entries of the whole answer, and then those of the stream where there is one. That there
   * are any is judged once, by the check that counts them.
   */
  static List<Json> given(Probe probe) {
    List<Json> entries =
        new ArrayList<>(Given.items(answer(probe).at("/choices/0/logprobs/content")));
    Events stream = streamed(probe).stream().events();
    if (stream.isWellFormed()) {
      entries.addAll(streamedEntries(stream.chunks()));
    }
    return entries;
  }

  @Check(
      id = "chat.logprobs-are-one-per-token",
      title = "with logprobs there is one entry for each generated token",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"the gateway drops logprobs", "the reasoning is left out of them"},
      about = {Reason.SCHEMA_MISMATCH})
  void onePerToken(Probe probe) {
    Json answer = answer(probe);
    Expect.that(
        "the number of tokens with logprobs",
        (long) answer.at("/choices/0/logprobs/content").items().size(),
        is(Usage.given(answer.at("/usage")).completion()));
  }

  @Check(
      id = "chat.logprobs-alone-tell-the-chosen",
      title = "logprobs without top_logprobs tells the log probability of each chosen token",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      pack = Pack.FULL,
      ifItFails = {"top_logprobs of 0 or none is taken for logprobs false"},
      about = {Reason.SCHEMA_MISMATCH})
  void aloneTellTheChosen(Probe probe) {
    Given.that(() -> onePerToken(probe));
    Json answer = Said.unlessRefused(ask(probe).without("top_logprobs"), "logprobs").json();
    List<Json> entries = answer.at("/choices/0/logprobs/content").items();
    Expect.that("the tokens with logprobs", entries, is(not(empty())));
    entries.forEach(entry -> entry.at("/logprob").number());
  }

  @Check(
      id = "chat.logprobs-are-not-above-zero",
      title = "no log probability is above zero",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"probabilities are sent instead of their logarithms"})
  void notAboveZero(Probe probe) {
    for (Json entry : given(probe)) {
      Json logprob = entry.at("/logprob");
      Expect.that(logprob.place(), logprob.number(), is(lessThanOrEqualTo(0.0)));
    }
  }

  @Check(
      id = "chat.logprobs-have-the-asked-tops",
      title = "with top_logprobs 2 each entry lists two likely tokens",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"the gateway drops top_logprobs"})
  void askedTops(Probe probe) {
    for (Json entry : given(probe)) {
      Expect.that(entry.at("/top_logprobs").place(), entry.at("/top_logprobs").items(), hasSize(2));
    }
  }

  @Check(
      id = "chat.logprobs-bytes-are-the-token",
      title = "the bytes of an entry, where told, are those of its token",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"bytes are those of the token's name in the vocabulary"})
  void bytesAreTheToken(Probe probe) {
    for (Json entry : given(probe)) {
      String token = entry.at("/token").text();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      entry.at("/bytes").optionalItems().forEach(b -> bytes.write((int) b.integer()));
      String spelled = bytes.toString(StandardCharsets.UTF_8);
      // Part of a character is no text on its own.
      if (entry.at("/bytes").present() && spelled.indexOf('\uFFFD') < 0) {
        Expect.that(entry.at("/bytes").place(), spelled, is(token));
      }
    }
  }

  @Check(
      id = "chat-stream.logprobs-are-one-per-token",
      title = "the chunks of a stream hold one logprobs entry for each generated token",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"chunks are merged and the logprobs of all but one are lost"})
  void onePerStreamedToken(Probe probe) {
    Said.mustNotBeGptOss(probe, "the streams of gpt-oss models are parsed before they are told");
    answer(probe);
    List<Json> chunks = Given.stream(streamed(probe)).chunks();
    if (isParsed(chunks)) {
      throw new Inapplicable("a parser is at work, which swallows chunks with their logprobs");
    }
    long entries =
        chunks.stream()
            .flatMap(chunk -> chunk.at("/choices").optionalItems().stream())
            .mapToLong(choice -> choice.at("/logprobs/content").optionalItems().size())
            .sum();
    long generated = Given.that(() -> Streams.mustTellUsage(chunks)).completion();
    Expect.that("the number of tokens with logprobs in the stream", entries, is(generated));
  }

  /** Whether the stream holds what a reasoning or tool parser has taken out of the text. */
  private static boolean isParsed(List<Json> chunks) {
    return chunks.stream()
        .flatMap(chunk -> chunk.at("/choices").optionalItems().stream())
        .anyMatch(
            choice ->
                List.of("/delta/reasoning", "/delta/reasoning_content", "/delta/tool_calls")
                    .stream()
                    .anyMatch(part -> choice.at(part).present()));
  }

  @Check(
      id = "chat-stream.logprobs-are-those-of-the-text",
      title = "the tokens of a stream's logprobs joined are the text that it carries",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"logprobs are sent with another chunk than their text", "a chunk is lost"})
  void thoseOfTheText(Probe probe) {
    answer(probe);
    List<Json> chunks = Given.stream(streamed(probe)).chunks();
    String said = Streams.everythingSaid(chunks);
    List<Json> entries = streamedEntries(chunks);
    if (entries.isEmpty() || !said.equals(Streams.contentOf(chunks, "/delta/content"))) {
      throw new Inapplicable("the stream has no logprobs, or a parser takes its reasoning out");
    }
    Spelling.mustBe(entries, said);
  }

  @Check(
      id = "chat-stream.logprobs-equal-the-whole",
      title =
          "the logprobs of a stream are those of the same answer without stream, token by token",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"streams number their logprobs anew", "a chunk's logprobs are those of another"})
  void equalTheWhole(Probe probe) {
    Json answer = answer(probe);
    List<Json> chunks = Given.stream(streamed(probe)).chunks();
    List<Json> whole = Given.items(answer.at("/choices/0/logprobs/content"));
    List<Json> pieces = streamedEntries(chunks);
    String said = answer.at("/choices/0/message/content").optionalText().orElse("");
    if (!said.equals(Streams.contentOf(chunks, "/delta/content")) || pieces.isEmpty()) {
      throw new Inapplicable("the stream says something else, or has no logprobs");
    }
    Expect.that("the number of streamed logprobs", pieces, hasSize(whole.size()));
    for (int i = 0; i < whole.size(); i++) {
      mustBeAlike(pieces.get(i), whole.get(i));
    }
  }

  /** The last bits of a probability depend on what else the engine computes at that moment. */
  private static void mustBeAlike(Json streamed, Json whole) {
    Expect.that(
        streamed.at("/token").place(), streamed.at("/token").text(), is(whole.at("/token").text()));
    Expect.that(
        streamed.at("/logprob").place(),
        streamed.at("/logprob").number(),
        is(closeTo(whole.at("/logprob").number(), SAME_WITHIN)));
  }

  static List<Json> streamedEntries(List<Json> chunks) {
    return chunks.stream()
        .flatMap(chunk -> chunk.at("/choices").optionalItems().stream())
        .flatMap(choice -> choice.at("/logprobs/content").optionalItems().stream())
        .toList();
  }
}
