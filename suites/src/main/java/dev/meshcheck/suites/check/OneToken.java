package dev.meshcheck.suites.check;

import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.function.Supplier;

/** What a limit of one token makes of an answer. */
public final class OneToken {

  private OneToken() {}

  /**
   * Fails unless the answer was cut after one token.
   *
   * @param text reads everything that the answer says
   */
  public static void mustBeTheEnd(Json answer, Supplier<String> text) {
    long completion = Usage.given(answer.at("/usage")).completion();
    String finish = answer.at("/choices/0/finish_reason").text();
    // A model may end with its very first token; then there is no text, and nothing was cut.
    if (!(finish.equals("stop") && text.get().isEmpty())) {
      mustBeLength(finish, completion);
    }
    Expect.that("completion_tokens", completion, is(lessThanOrEqualTo(1L)));
  }

  /** Fails unless the reason of an answer of so many tokens is that its limit cut it. */
  public static void mustBeLength(String finish, long completion) {
    try {
      Expect.that("finish_reason", finish, is("length"));
    } catch (Failure e) {
      throw completion <= 1
          ? e.likely("the limit is kept, and finish_reason is set by whoever builds the answer")
          : e;
    }
  }
}
