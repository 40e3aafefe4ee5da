package dev.meshcheck.reports.model;

import java.util.List;
import java.util.Optional;

/**
 * How fast one target is.
 *
 * @param target the name of the target
 * @param load at 1 and at 8 in flight, as far as it was measured
 * @param cache what the cache saves, where that was measured
 */
public record PerformanceReport(
    String target, List<LoadReport> load, Optional<WarmthReport> cache) {

  /** Keeps a copy. */
  public PerformanceReport {
    load = List.copyOf(load);
  }
}
