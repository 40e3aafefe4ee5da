package dev.meshcheck.reports.model;

import java.util.List;
import java.util.Optional;

/**
 * A diagnosis that explains many failures at once.
 *
 * @param cause the slug
 * @param title in plain words
 * @param confidence from 0 to 1
 * @param evidence which probes, and what came back
 * @param next the commands to type
 * @param explains ids of the checks that it broke
 * @param target the name of the target that it is about, where it is about one
 */
public record CauseReport(
    String cause,
    String title,
    double confidence,
    List<String> evidence,
    List<String> next,
    List<String> explains,
    Optional<String> target) {

  /** A cause that is about every target. */
  public CauseReport(
      String cause,
      String title,
      double confidence,
      List<String> evidence,
      List<String> next,
      List<String> explains) {
    this(cause, title, confidence, evidence, next, explains, Optional.empty());
  }

  /** The same cause with other commands to type. */
  public CauseReport withNext(List<String> commands) {
    return new CauseReport(cause, title, confidence, evidence, commands, explains, target);
  }

  /** Whether it explains that result. */
  public boolean explains(CheckResult result) {
    return target.stream().allMatch(name -> name.equals(result.target()))
        && explains.contains(result.check());
  }
}
