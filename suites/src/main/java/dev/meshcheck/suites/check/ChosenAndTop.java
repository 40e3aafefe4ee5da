package dev.meshcheck.suites.check;

import dev.meshcheck.reports.outcome.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * The log probabilities of chosen tokens beside what the lists of likely tokens say of the same
 * tokens. Two tokens can be spelt alike, so one that differs proves nothing, and most of them do.
 */
public final class ChosenAndTop {

  /** What rounding may add. */
  private static final double SLACK = 0.01;

  private final List<Pair> pairs = new ArrayList<>();

  private record Pair(Json chosen, double top) {
    boolean differs() {
      return Math.abs(chosen.number() - top) > SLACK;
    }
  }

  /** One token: its log probability as the chosen one, and as one of the likely. */
  public void add(Json chosen, double top) {
    pairs.add(new Pair(chosen, top));
  }

  /**
   * Fails where most of them differ.
   *
   * @throws Inapplicable where no chosen token was among the likely ones
   */
  public void mustAgree() {
    if (pairs.isEmpty()) {
      throw new Inapplicable("no chosen token is told among the likely ones");
    }
    List<Pair> differing = pairs.stream().filter(Pair::differs).toList();
    if (2 * differing.size() > pairs.size()) {
      Pair first = differing.get(0);
      throw new Failure(
          Reason.WRONG_VALUE,
          "%d of %d chosen tokens have another log probability than the same tokens among the likely ones"
              .formatted(differing.size(), pairs.size()),
          first.top() + " at " + first.chosen().place(),
          first.chosen().toString());
    }
  }
}
