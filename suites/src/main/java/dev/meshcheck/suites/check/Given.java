package dev.meshcheck.suites.check;

import dev.meshcheck.reports.outcome.Reason;
import java.util.function.Supplier;

/** What a check builds on and another check judges: where it fails, this one could not run. */
public final class Given {

  private Given() {}

  /** What the supplier gives, or no verdict at all. */
  public static <T> T that(Supplier<T> prerequisite) {
    try {
      return prerequisite.get();
    } catch (Failure e) {
      throw new CouldNotRun(
          Reason.PREREQUISITE_FAILED, "needs something else first: " + e.getMessage());
    }
  }

  /** The 200 answer of a request, or no verdict at all. */
  public static Answered answered(Ask ask) {
    return that(() -> ask.send().mustBe(200));
  }

  /** The well-formed stream of a request, or no verdict at all. */
  public static Events stream(Ask ask) {
    return that(() -> ask.stream().events().mustBeWellFormed());
  }
}
