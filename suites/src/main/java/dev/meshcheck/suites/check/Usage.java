package dev.meshcheck.suites.check;

import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.List;

/**
 * Token counts under either pair of names: Tensormesh's /v1/responses has used both.
 *
 * @param place where it stands, for messages
 * @param prompt tokens of the prompt
 * @param completion generated tokens
 * @param total their sum, as the host says it
 */
public record Usage(String place, long prompt, long completion, long total) {

  /** Reads {@code prompt_tokens} and {@code completion_tokens}. */
  public static Usage ofChat(Json usage) {
    return of(usage, "/prompt_tokens", "/completion_tokens");
  }

  /** Reads {@code input_tokens} and {@code output_tokens}, or the names of chat. */
  public static Usage ofResponses(Json usage) {
    return usage.at("/input_tokens").present()
        ? of(usage, "/input_tokens", "/output_tokens")
        : ofChat(usage);
  }

  /**
   * Reads the names of the API of that answer first: relays tell all of them, and of the other API
   * only zeroes. What has {@code choices} is chat or a completion.
   */
  public static Usage givenOfAny(Json answer, Json usage) {
    boolean chat = answer.at("/choices").present() && usage.at("/prompt_tokens").present();
    return chat ? given(usage) : givenOfResponses(usage);
  }

  /** Usage that a check builds on; that it is there at all is judged by another one. */
  public static Usage given(Json usage) {
    return Given.that(() -> ofChat(usage));
  }

  /** Usage of a response that a check builds on. */
  public static Usage givenOfResponses(Json usage) {
    return Given.that(() -> ofResponses(usage));
  }

  private static Usage of(Json usage, String prompt, String completion) {
    return new Usage(
        usage.object().place(),
        usage.at(prompt).integer(),
        usage.at(completion).integer(),
        usage.at("/total_tokens").integer());
  }

  /** Fails where a prompt cost nothing. */
  public void mustCountThePrompt() {
    Expect.that(place + ": the tokens of the prompt", prompt, is(greaterThan(0L)));
  }

  /** Fails where an answer with text cost nothing. */
  public void mustCountTheAnswer() {
    Expect.that(place + ": the generated tokens", completion, is(greaterThan(0L)));
  }

  /** Fails where a count is negative or the sum is off. */
  public void mustAddUp() {
    Expect.that(place + ": the tokens of the prompt", prompt, is(greaterThanOrEqualTo(0L)));
    Expect.that(place + ": the generated tokens", completion, is(greaterThanOrEqualTo(0L)));
    Expect.that(
        place + ": total_tokens beside " + prompt + " + " + completion,
        total,
        is(prompt + completion));
  }

  /** Where reasoning tokens are told, by OpenAI, by SGLang and on /v1/responses. */
  private static final List<String> REASONING =
      List.of(
          "/completion_tokens_details/reasoning_tokens",
          "/reasoning_tokens",
          "/output_tokens_details/reasoning_tokens");

  /** Whether the server tells how many tokens were reasoned, wherever its dialect has that. */
  public static boolean tellsReasoning(Json usage) {
    return REASONING.stream().anyMatch(pointer -> usage.at(pointer).present());
  }

  /** Fails where more was reasoned than generated, wherever the server tells of it. */
  public void mustHoldItsReasoning(Json usage) {
    REASONING.forEach(pointer -> mustBePartOf(usage.at(pointer), completion));
  }

  /** Fails where part of a count, such as the cached tokens of a prompt, is above the whole. */
  public static void mustBePartOf(Json part, long whole) {
    part.optionalInteger()
        .ifPresent(
            count -> {
              Expect.that(part.place(), count, is(greaterThanOrEqualTo(0L)));
              Expect.that(part.place(), count, is(lessThanOrEqualTo(whole)));
            });
  }
}
