package dev.meshcheck.reports.model;

/**
 * The connection that an exchange went over.
 *
 * @param name unique in a run, such as {@code c3}, in order of opening
 * @param reused whether an earlier exchange had opened it
 */
public record ConnectionReport(String name, boolean reused) {

  @Override
  public String toString() {
    return reused ? name + ", reused" : name;
  }
}
