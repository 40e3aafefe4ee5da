package dev.meshcheck.suites.check;

import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import dev.meshcheck.reports.outcome.Reason;
import java.util.function.ToLongFunction;

/**
 * Whether a text of a request reaches the prompt. That it is taken shows nothing of that, and what
 * a model says of it depends on the model; what it costs does not.
 */
public final class Reach {

  /** Thirty words. */
  private static final String TEXT =
      "The old lamp on the table by the window burns all night, because somebody who lives here likes"
          + " to read about rivers, clocks, birds, and fish until the sun is up.";

  /** What stands in place of it. */
  private static final String SHORT = "Yes.";

  /** Tokens; no tokenizer puts three words into one. */
  private static final long LEAST = 10;

  private Reach() {}

  /**
   * Fails where the text costs next to nothing.
   *
   * @param what the place of the text, for the message
   * @param cost the prompt tokens of the request with that text there
   */
  public static void mustCost(String what, ToLongFunction<String> cost) {
    long brief = cost.applyAsLong(SHORT);
    long full = cost.applyAsLong(TEXT);
    // Who counts no prompt at all, or not all of it, tells nothing by the count.
    Given.that(() -> Expect.that("the tokens of a prompt", brief, is(greaterThan(0L))));
    Given.that(
        () -> Expect.that("the tokens of a longer prompt", full, is(greaterThanOrEqualTo(brief))));
    Expect.that(
        Reason.WRONG_VALUE,
        full - brief >= LEAST,
        what
            + ": thirty words there cost "
            + (full - brief)
            + " prompt tokens, and do not reach the model",
        LEAST + " prompt tokens or more",
        full + " prompt tokens, beside " + brief + " with one word");
  }
}
