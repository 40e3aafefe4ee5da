package dev.meshcheck.suites.suite.chat;

import static dev.meshcheck.fixtures.surface.RouteName.CHAT;
import static dev.meshcheck.reports.outcome.Level.MUST;
import static dev.meshcheck.reports.outcome.Level.SHOULD;
import static org.hamcrest.Matchers.is;

import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Basis;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Cut;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import dev.meshcheck.suites.check.Sources;
import dev.meshcheck.suites.check.Streams;
import dev.meshcheck.suites.check.Usage;
import java.util.List;
import java.util.Map;

/** Counts of POST /v1/chat/completions over several choices and several requests. */
public final class ChatCountSuite {

  static final long LIMIT = 7;

  /** More is asked for than the limit allows, so that every choice has as many tokens. */
  static Ask cut(Probe probe) {
    return probe.chat("Count from one to fifty.").with("max_tokens", LIMIT);
  }

  static Ask twoCut(Probe probe) {
    return cut(probe).with("n", 2).with("temperature", 0.8);
  }

  static Ask twoCutStreamed(Probe probe) {
    return twoCut(probe).with("stream_options", Map.of("include_usage", true));
  }

  @Check(
      id = "chat.n-2-counts-every-choice",
      title = "with n 2 completion_tokens is the sum over both choices",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {"usage is that of the first choice", "usage is that of the last choice"})
  void everyChoice(Probe probe) {
    Json answer = Said.unlessRefused(twoCut(probe), "n above 1").json();
    List<String> ends = answer.at("/choices").node().findValuesAsText("finish_reason");
    mustCountBoth(ends, Given.that(() -> Usage.ofChat(answer.at("/usage"))));
  }

  @Check(
      id = "chat-stream.n-2-counts-every-choice",
      title = "with n 2 completion_tokens of a stream is the sum over both choices",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT_STREAM,
      ifItFails = {"usage of streams is that of the choice that ends last"})
  void everyStreamedChoice(Probe probe) {
    Said.unlessRefused(twoCut(probe), "n above 1");
    List<Json> chunks = Given.stream(twoCutStreamed(probe)).chunks();
    Usage usage = Given.that(() -> Streams.mustTellUsage(chunks));
    mustCountBoth(Streams.finishReasons(chunks), usage);
  }

  private static void mustCountBoth(List<String> ends, Usage usage) {
    if (!ends.equals(List.of("length", "length"))) {
      throw new Inapplicable("not both choices were cut by their limit: " + ends);
    }
    Expect.that(
        "completion_tokens of two choices with " + LIMIT + " tokens each",
        usage.completion(),
        is(2 * LIMIT));
  }

  @Check(
      id = "chat.cut-answers-count-their-limit",
      title = "completion_tokens of an answer that max_tokens cut is max_tokens",
      level = SHOULD,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "the token that reaches the limit is generated and not counted (LM Studio)",
        "tokens are counted by the text that they make"
      })
  void cutAnswers(Probe probe) {
    Json answer = Given.answered(cut(probe)).json();
    if (!Cut.is(answer)) {
      throw new Inapplicable("the answer came to its own end");
    }
    Expect.that(
        "completion_tokens of an answer that was cut by max_tokens " + LIMIT,
        Usage.given(answer.at("/usage")).completion(),
        is(LIMIT));
  }

  @Check(
      id = "chat.same-prompt-costs-the-same",
      title = "the same request costs the same prompt tokens every time",
      level = MUST,
      route = CHAT,
      source = Sources.OPENAI_CHAT,
      ifItFails = {
        "tokens that were cached are left out of the count",
        "requests are balanced over servers with different chat templates"
      })
  void samePrompt(Probe probe) {
    long first = prompt(Basis.ask(probe, CHAT));
    long second = prompt(Basis.ask(probe, CHAT).again(2));
    Expect.that("prompt_tokens of the same request", second, is(first));
  }

  private static long prompt(Ask ask) {
    return Given.that(() -> Usage.ofChat(ask.send().mustBe(200).json().at("/usage"))).prompt();
  }
}
