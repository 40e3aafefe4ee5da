package dev.meshcheck.reports.run;

import dev.meshcheck.fixtures.settings.Passage;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.surface.Target;
import java.util.List;
import java.util.Map;

/**
 * A target and how it came to be.
 *
 * @param target whom the run is about
 * @param environment what it is a part of: the user's name for it, else host and port
 * @param decisions how its surface and model were chosen, one sentence each
 * @param origins where host, key, user id and model come from, such as {@code from --user-id}
 * @param passage how requests get to it
 */
public record PlannedTarget(
    Target target,
    String environment,
    List<String> decisions,
    Map<Setting, String> origins,
    Passage passage) {

  public PlannedTarget {
    decisions = List.copyOf(decisions);
    origins = Map.copyOf(origins);
  }

  /** A target without a name, of which nobody says where its parts come from. */
  public PlannedTarget(Target target, List<String> decisions) {
    this(target, target.address(), decisions, Map.of(), Passage.PLAIN);
  }
}
