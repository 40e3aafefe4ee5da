package dev.meshcheck.suites.suite.responses;

import static org.hamcrest.Matchers.is;

import dev.meshcheck.reports.outcome.Quotation;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Expect;
import dev.meshcheck.suites.check.Failure;
import java.util.Optional;

/**
 * One text as a stream tells it in one place. It is told in others too: where two of them differ, a
 * third says which of the two is wrong.
 *
 * @param where the place, as the subject of a sentence
 */
record Told(String where, String text) {

  /**
   * Fails where two places tell one text in two ways.
   *
   * @param third where it is told once more; empty where nothing tells it
   */
  static void mustBeTheSame(Told one, Told other, Optional<String> third) {
    if (one.text.equals(other.text)) {
      return;
    }
    if (third.filter(one.text::equals).isPresent()) {
      Expect.that(other.where, other.text, is(one.text));
    } else if (third.filter(other.text::equals).isPresent()) {
      Expect.that(one.where, one.text, is(other.text));
    }
    throw new Failure(
        Reason.WRONG_VALUE,
        one.where + " and " + other.where + " are not the same, and nothing tells which is right",
        "the same in both places",
        one.quoted() + " and " + other.quoted());
  }

  private String quoted() {
    return text.isEmpty() ? "nothing" : "\"" + Quotation.of(text) + "\"";
  }
}
