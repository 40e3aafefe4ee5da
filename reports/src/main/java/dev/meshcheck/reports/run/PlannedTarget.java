package dev.meshcheck.reports.run;

import dev.meshcheck.fixtures.surface.Target;
import java.util.List;

/**
 * A target and how it came to be.
 *
 * @param target whom the run is about
 * @param decisions how its surface and model were chosen, one sentence each
 */
public record PlannedTarget(Target target, List<String> decisions) {

  public PlannedTarget {
    decisions = List.copyOf(decisions);
  }
}
