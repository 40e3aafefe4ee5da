package dev.meshcheck.reports.console;

import dev.meshcheck.fixtures.settings.Program;
import java.util.Optional;

/**
 * Where a run is kept.
 *
 * @param directory of its files, as the user would type it; none where nothing is written
 * @param explain what to type before the name of a result to look it up, such as {@code ./run.sh
 *     explain}
 */
public record Kept(Optional<String> directory, String explain) {

  /** Nowhere: what the console does not tell is lost. */
  public static final Kept NOWHERE = new Kept(Optional.empty(), "");

  /** A run in that directory of the usual place. */
  public static Kept in(String directory) {
    return new Kept(Optional.of(directory), Program.name() + " explain");
  }
}
