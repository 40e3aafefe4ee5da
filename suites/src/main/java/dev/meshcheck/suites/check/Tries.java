package dev.meshcheck.suites.check;

import dev.meshcheck.fixtures.exchange.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Tries what depends on the obedience of the model: one good answer of several is enough. Behind it
 * nothing more is asked, unless the run tells rates ({@link Probe#tellsRates}), which changes no
 * verdict. pass@k: at least one of k was good; pass^k: all of them were.
 */
public final class Tries {

  /** How often a check tries. */
  public static final int K = 3;

  /** A failure, and what it rests on. */
  private record Bad(Failure failure, Optional<Exchange> on) {}

  private Tries() {}

  /**
   * Judges the answers to {@link #K} sendings of one request, the first without randomness.
   *
   * @param judge fails where an answer is not good, says {@link Inapplicable} where it tells
   *     nothing
   * @throws Failure when no answer is good
   * @throws Inapplicable when no answer tells anything
   */
  public static void of(Probe probe, Ask ask, Consumer<Answered> judge) {
    judge(probe, sendings(ask), judge, !probe.tellsRates());
  }

  /** The same, and the rate is never asked for: it says nothing that people need. */
  public static void untilGood(Probe probe, Ask ask, Consumer<Answered> judge) {
    judge(probe, sendings(ask), judge, true);
  }

  private static List<Supplier<Answered>> sendings(Ask ask) {
    List<Supplier<Answered>> answers = new ArrayList<>();
    for (int nth = 1; nth <= K; nth++) {
      Ask next = nth(ask, nth);
      answers.add(next::send);
    }
    return answers;
  }

  /** The same as {@link #of} for these answers, which were paid for anyway. */
  public static void among(
      Probe probe, List<Supplier<Answered>> answers, Consumer<Answered> judge) {
    judge(probe, answers, judge, false);
  }

  private static void judge(
      Probe probe,
      List<Supplier<Answered>> answers,
      Consumer<Answered> judge,
      boolean oneGoodIsEnough) {
    List<Bad> failures = new ArrayList<>();
    List<Inapplicable> silent = new ArrayList<>();
    for (Supplier<Answered> answer : answers) {
      try {
        judge.accept(answer.get());
        if (oneGoodIsEnough) {
          tellWhereBad(probe, failures);
          return;
        }
      } catch (Failure e) {
        failures.add(new Bad(e, probe.decisive()));
      } catch (Inapplicable e) {
        silent.add(e);
      }
    }
    int told = answers.size() - silent.size();
    if (told == 0) {
      throw silent.get(0);
    }
    tell(probe, failures, told);
  }

  /** A model that obeys at the second try alone is worth a word. */
  private static void tellWhereBad(Probe probe, List<Bad> failures) {
    if (!failures.isEmpty()) {
      tell(probe, failures, failures.size() + 1);
    }
  }

  private static void tell(Probe probe, List<Bad> failures, int told) {
    int good = told - failures.size();
    String rate = rate(good, told);
    if (good == 0) {
      Failure first = failures.get(0).failure();
      probe.decidedBy(failures.get(0).on());
      throw first.told(first.getMessage() + "; " + rate);
    }
    probe.record(rate);
  }

  /**
   * Judges pairs of answers that should be equal, and need not be: a server that batches does not
   * repeat itself at temperature 0. Fails where no pair of {@link #K} agrees.
   *
   * @param judge fails where the n-th pair does not agree
   */
  public static void pairs(Probe probe, IntConsumer judge) {
    each(probe, judge, !probe.tellsRates());
  }

  /**
   * Judges until something is good, {@link #K} times at most: where one good answer proves enough,
   * the others need not be paid for.
   *
   * @param judge fails where the n-th answer is not good
   * @throws Failure the first one, when none is good
   */
  public static void untilGood(Probe probe, IntConsumer judge) {
    each(probe, judge, true);
  }

  private static void each(Probe probe, IntConsumer judge, boolean oneGoodIsEnough) {
    List<Bad> failures = new ArrayList<>();
    for (int nth = 1; nth <= K; nth++) {
      try {
        judge.accept(nth);
        if (oneGoodIsEnough) {
          tellWhereBad(probe, failures);
          return;
        }
      } catch (Failure e) {
        failures.add(new Bad(e, probe.decisive()));
      }
    }
    tell(probe, failures, K);
  }

  /** The n-th sending of a request: the same words, and some randomness from the second on. */
  public static Ask nth(Ask ask, int nth) {
    return nth == 1 ? ask : ask.with("temperature", 0.7).again(nth);
  }

  static String rate(int good, int told) {
    return String.format(
        Locale.ROOT,
        "%d of %d answers were good: pass@%d %s, pass^%d %s",
        good,
        told,
        told,
        good > 0 ? "yes" : "no",
        told,
        good == told ? "yes" : "no");
  }
}
