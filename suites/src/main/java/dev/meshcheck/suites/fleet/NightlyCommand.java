package dev.meshcheck.suites.fleet;

import java.util.List;
import java.util.Optional;

/**
 * What {@code nightly} was asked for.
 *
 * @param targets the targets file, as the user named it
 * @param globs names of environments to select; empty for all
 * @param labels labels as {@code key=value} that they have to have; empty for any
 * @param shard the part of the fleet as {@code i/n}, where a flag names one
 * @param atOnce environments side by side
 * @param inFlight requests under way at once, to all hosts together
 * @param showSettings whether only to tell the settings, and to send nothing
 */
public record NightlyCommand(
    String targets,
    List<String> globs,
    List<String> labels,
    Optional<String> shard,
    int atOnce,
    int inFlight,
    boolean showSettings) {

  /** Environments side by side, unless a flag says otherwise. */
  public static final int AT_ONCE = 16;

  /** Requests under way at once, unless a flag says otherwise. */
  public static final int IN_FLIGHT = 64;

  /** Every environment of that file, with nothing said beyond it. */
  public static NightlyCommand of(String targets) {
    return new NightlyCommand(
        targets, List.of(), List.of(), Optional.empty(), AT_ONCE, IN_FLIGHT, false);
  }

  /** Keeps copies. */
  public NightlyCommand {
    globs = List.copyOf(globs);
    labels = List.copyOf(labels);
  }
}
