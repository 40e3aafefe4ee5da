package dev.meshcheck.reports.cause;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A cause that was found, with everything that speaks for it.
 *
 * @param cause what it is
 * @param target on which target
 * @param confidence from 0 to 1
 * @param evidence which probes, and what came back
 * @param ruledOut why it is no other cause that looks alike
 * @param next the commands to type
 * @param symptom the exchanges that failed because of it
 */
public record Diagnosed(
    Cause cause,
    String target,
    double confidence,
    List<String> evidence,
    List<RuledOut> ruledOut,
    List<String> next,
    Predicate<Trial> symptom) {

  /** With less confidence than that, a cause is told as a suspicion. */
  public static final double SURE = 0.8;

  /** Whether it is no more than a suspicion; the unknown is none. */
  public boolean isSuspicion() {
    return confidence > 0 && confidence < SURE;
  }

  /** What would settle a suspicion. */
  public Optional<String> settle() {
    return isSuspicion() ? cause.settle().or(() -> next.stream().findFirst()) : Optional.empty();
  }

  /** Keeps copies. */
  public Diagnosed {
    evidence = List.copyOf(evidence);
    ruledOut = List.copyOf(ruledOut);
    next = List.copyOf(next);
  }

  /**
   * A cause that it is not.
   *
   * @param cause the slug
   * @param because one sentence
   */
  public record RuledOut(String cause, String because) {}
}
