package dev.meshcheck.suites.suite.sampling;

import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Inapplicable;
import dev.meshcheck.suites.check.Json;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A route that is asked for stories: text that could always come out otherwise. */
enum Teller {
  CHAT(RouteName.CHAT, "max_tokens"),
  COMPLETIONS(RouteName.COMPLETIONS, "max_tokens"),
  RESPONSES(RouteName.RESPONSES, "max_output_tokens");

  /** Enough for words to come again. */
  private static final int TOKENS = 160;

  /** Enough for a text to go its own way. */
  private static final int FEW_TOKENS = 48;

  /** Equal requests diverge late when they are batched otherwise, so only the beginning counts. */
  private static final int BEGINNING = 40;

  private static final int SHORTEST_STORY = 120;

  private final RouteName route;
  private final String limit;

  Teller(RouteName route, String limit) {
    this.route = route;
    this.limit = limit;
  }

  /** Whether a parser takes apart what the model says. */
  boolean isParsed() {
    return this != COMPLETIONS;
  }

  /** A request with that prompt and limit, without randomness. */
  Ask ask(Probe probe, String prompt, long tokens) {
    Ask ask =
        switch (route) {
          case CHAT -> probe.chat(prompt);
          case COMPLETIONS -> probe.completions(prompt);
          default -> probe.responses(prompt).with("temperature", 0);
        };
    return ask.with(limit, tokens);
  }

  /** The story that is likeliest, told without randomness. */
  Ask greedy(Probe probe, String about) {
    return story(probe, about, TOKENS);
  }

  private Ask story(Probe probe, String about, int tokens) {
    return ask(probe, "Tell a story about a " + about + ".", tokens);
  }

  /** The beginning of that story, asked for again. */
  Ask greedyAgain(Probe probe, String about, int nth) {
    return story(probe, about, FEW_TOKENS).again(nth);
  }

  /** The beginning of a story, told with as much randomness as every host takes. */
  Ask wild(Probe probe, String about, int seed) {
    Ask ask = story(probe, about, FEW_TOKENS).with("temperature", 2);
    // Responses know no seed.
    return this == RESPONSES ? ask.again(seed) : ask.with("seed", seed);
  }

  /** All that a 200 answer says in the order in which it was generated, reasoning included. */
  String said(Answered answered) {
    Json answer = Given.that(() -> answered.mustBe(200).json());
    if (this == RESPONSES) {
      return Given.items(answer.at("/output")).stream()
          .map(Said::itemText)
          .collect(Collectors.joining())
          .strip();
    }
    return said(answer.at("/choices/0"));
  }

  /** The same of one choice. */
  String said(Json choice) {
    if (this == COMPLETIONS) {
      return Given.text(choice.at("/text")).strip();
    }
    Json message = choice.at("/message");
    return (thought(message) + text(message.at("/content"))).strip();
  }

  /** All that the first choice of a chat stream says, as {@link #said(Json)} reads it. */
  static String streamed(List<Json> chunks) {
    return joined(chunks, delta -> thought(delta) + text(delta.at("/content")));
  }

  /** The same without the thoughts before it, as {@link #answered(Answered)} reads it. */
  static String streamedAnswer(List<Json> chunks) {
    String answer = joined(chunks, delta -> text(delta.at("/content")));
    return answer.isEmpty() ? streamed(chunks) : answer;
  }

  private static String joined(List<Json> chunks, Function<Json, String> part) {
    return chunks.stream()
        .flatMap(chunk -> chunk.at("/choices").optionalItems().stream().limit(1))
        .map(choice -> part.apply(choice.at("/delta")))
        .collect(Collectors.joining())
        .strip();
  }

  /** Some hosts tell the reasoning under both names. */
  private static String thought(Json message) {
    String reasoning = text(message.at("/reasoning"));
    return reasoning.isEmpty() ? text(message.at("/reasoning_content")) : reasoning;
  }

  private static String text(Json place) {
    return place.optionalText().orElse("");
  }

  /** The answer without the thoughts before it, or those where there is nothing else. */
  String answered(Answered answered) {
    Json content = answered.json().at("/choices/0/message/content");
    String answer = this == CHAT ? content.optionalText().orElse("").strip() : "";
    return answer.isEmpty() ? said(answered) : answer;
  }

  /**
   * What a story says without randomness.
   *
   * @throws Inapplicable where it is too short to tell from another one
   */
  String story(Probe probe, String about) {
    String story = said(Said.unlessRefused(greedy(probe, about), "temperature 0"));
    if (story.length() < SHORTEST_STORY) {
      throw new Inapplicable("the model tells no story that is long enough to compare");
    }
    return story;
  }

  /** The part of a text that comparing goes by. */
  static String beginning(String text) {
    return text.substring(0, Math.min(text.length(), BEGINNING));
  }
}
