package dev.meshcheck.suites.suite.cache;

import dev.meshcheck.suites.check.Answered;
import dev.meshcheck.suites.check.Ask;
import dev.meshcheck.suites.check.Given;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The exchanges that the checks of the cache share.
 *
 * @param cold a long prompt that was never sent before
 * @param warm the same again: once alone, then four times at once
 */
record Series(Answered cold, List<Answered> warm) {

  static final String FIRST = "zebra";
  static final String SECOND = "heron";
  static final String THIRD = "badger";
  static final String FOURTH = "otter";

  private static final int ALONE = 2;
  private static final int AT_ONCE = 4;

  /** Sends them in this order, unless another check did. */
  static Series of(Probe probe) {
    Ask ask = LongPrompts.inMessage(probe, FIRST);
    Answered cold = Said.unlessRefused(ask, "a long prompt");
    List<Answered> warm = new ArrayList<>();
    warm.add(given(ask.again(ALONE).send()));
    List<Supplier<Answered>> together =
        IntStream.rangeClosed(ALONE + 1, ALONE + AT_ONCE)
            .<Supplier<Answered>>mapToObj(nth -> ask.again(nth)::send)
            .toList();
    probe.together(together).forEach(answered -> warm.add(given(answered)));
    return new Series(cold, List.copyOf(warm));
  }

  /** A prompt that begins like the first and has a code word of its own, sent behind it. */
  static Answered another(Probe probe) {
    of(probe);
    return Said.unlessRefused(LongPrompts.inMessage(probe, SECOND), "a long prompt");
  }

  private static Answered given(Answered answered) {
    return Given.that(() -> answered.mustBe(200));
  }

  /** All of them, the cold one first. */
  List<Answered> all() {
    List<Answered> all = new ArrayList<>();
    all.add(cold);
    all.addAll(warm);
    return all;
  }
}
