package dev.meshcheck.suites.check;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.reports.outcome.Reason;
import java.util.List;
import java.util.Optional;
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

  /** Goes on where that does not fail; else there is no verdict at all. */
  public static void that(Runnable prerequisite) {
    that(
        () -> {
          prerequisite.run();
          return true;
        });
  }

  /**
   * Judges, and looks at what that builds on only where it fails: what holds needs no control.
   *
   * @throws CouldNotRun where the control fails as well
   */
  public static void whereItFails(Probe probe, Runnable rule, Runnable control) {
    try {
      rule.run();
    } catch (Failure failure) {
      Optional<Exchange> on = probe.decisive();
      that(control);
      probe.decidedBy(on);
      throw failure;
    }
  }

  /** The 200 answer of a request, or no verdict at all. */
  public static Answered answered(Ask ask) {
    return that(() -> ask.send().mustBe(200));
  }

  /** The chunks of a stream that was asked for, or no verdict at all. */
  public static List<Json> chunks(Answered streamed) {
    return that(() -> streamed.events().mustBeWellFormed().chunks());
  }

  /**
   * A refusal with 400 to 499, or no verdict at all.
   *
   * @throws Inapplicable where the request was accepted: that it was is for another check, and here
   *     is no refusal to look at
   */
  public static Answered refused(Ask ask) {
    Answered answered = ask.send();
    int status = that(answered::status);
    if (status >= 200 && status < 300) {
      throw new Inapplicable(answered.what() + " was accepted, so there is no refusal to look at");
    }
    return that(() -> answered.mustBeRefused("it is wrong"));
  }

  /** The text there, or no verdict at all: that it is there is for the check of the shape. */
  public static String text(Json place) {
    return that(place::text);
  }

  /** The id of that answer; one that is empty is the shape's business as well, and no id twice. */
  public static String id(Json answer) {
    String id = text(answer.at("/id"));
    if (id.isEmpty()) {
      throw new Inapplicable("the host tells no ids, which the shape of an answer is judged by");
    }
    return id;
  }

  /** The number there, or no verdict at all. */
  public static long integer(Json place) {
    return that(place::integer);
  }

  /** The elements there, or no verdict at all. */
  public static List<Json> items(Json place) {
    return that(place::items);
  }

  /** The well-formed stream of a request, or no verdict at all. */
  public static Events stream(Ask ask) {
    return that(() -> ask.stream().events().mustBeWellFormed());
  }
}
