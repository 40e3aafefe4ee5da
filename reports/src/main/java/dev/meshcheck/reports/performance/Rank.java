package dev.meshcheck.reports.performance;

import java.util.List;

/** Percentiles by nearest rank: always a value that was measured. */
final class Rank {

  private Rank() {}

  /** The least of the values that so large a share does not exceed. */
  static double of(double share, List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
  }

  /** To a tenth. */
  static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
