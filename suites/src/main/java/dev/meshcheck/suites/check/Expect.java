package dev.meshcheck.suites.check;

import dev.meshcheck.reports.outcome.Quotation;
import dev.meshcheck.reports.outcome.Reason;
import java.util.regex.Pattern;
import org.hamcrest.Description;
import org.hamcrest.Matcher;
import org.hamcrest.StringDescription;

/** Says what must hold, in the words of Hamcrest. */
public final class Expect {

  /** A quoted text, to the end where nothing ends it; a long number in brackets; or a bracket. */
  private static final Pattern BRACKETS =
      Pattern.compile("(\"(?:[^\"\\\\]|\\\\[\\s\\S])*+(?:\"|\\\\?\\z))|<(-?\\d++)L>|[<>]");

  private Expect() {}

  /**
   * Fails with {@link Reason#WRONG_VALUE} where the value does not match.
   *
   * @param what what is looked at, as the subject of a sentence
   */
  public static <T> void that(String what, T actual, Matcher<? super T> expected) {
    that(Reason.WRONG_VALUE, what, actual, expected);
  }

  /** Fails with that reason where the value does not match. */
  public static <T> void that(Reason reason, String what, T actual, Matcher<? super T> expected) {
    if (expected.matches(actual)) {
      return;
    }
    Description wanted = new StringDescription().appendDescriptionOf(expected);
    String should = plain(wanted.toString().replaceFirst("^is ", ""));
    String was = plain(new StringDescription().appendValue(actual).toString());
    throw new Failure(reason, what + " should be " + should + " but was " + was, should, was);
  }

  /** Hamcrest's words without its brackets around values; those within quotes are the value's. */
  private static String plain(String words) {
    return Quotation.of(BRACKETS.matcher(words).replaceAll("$1$2"));
  }

  /** Fails with that reason where it does not hold. */
  public static void that(Reason reason, boolean holds, String message, String wanted, String got) {
    if (!holds) {
      throw new Failure(reason, message, wanted, Quotation.of(got));
    }
  }
}
