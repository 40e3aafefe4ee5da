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

  private final List<Json> differing = new ArrayList<>();
  private final List<Double> others = new ArrayList<>();
  private int compared;

  /** One token: its log probability as the chosen one, and as one of the likely. */
  public void add(Json chosen, double top) {
    compared++;
    if (Math.abs(chosen.number() - top) > SLACK) {
      differing.add(chosen);
      others.add(top);
    }
  }

  /**
   * Fails where most of them differ.
   *
   * @throws Inapplicable where no chosen token was among the likely ones
   */
  public void mustAgree() {
    if (compared == 0) {
      throw new Inapplicable("no chosen token is told among the likely ones");
    }
    if (2 * differing.size() > compared) {
      Json first = differing.get(0);
      throw new Failure(
          Reason.WRONG_VALUE,
          "%d of %d chosen tokens have another log probability than the same tokens among the likely ones"
              .formatted(differing.size(), compared),
          others.get(0) + " at " + first.place(),
          first.toString());
    }
  }
}
