package dev.meshcheck.reports.model;

/** Which result is meant: the id of the check and the name of the target. */
public record ResultName(String check, String target) {

  /** The name of that result. */
  public static ResultName of(CheckResult result) {
    return new ResultName(result.check(), result.target());
  }

  /** As people write it, such as {@code chat.answers [on-demand]}. */
  @Override
  public String toString() {
    return check + " [" + target + "]";
  }
}
