package dev.meshcheck.reports.guidance;

import dev.meshcheck.reports.model.GuidanceNote;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One piece of advice.
 *
 * @param id kebab-case, unique
 * @param title what seems to be wrong, in plain words
 * @param when it applies
 * @param steps sentences and commands, in the order in which to try them
 * @param source the page that says so
 * @param undocumented true where no page does
 */
public record GuidanceEntry(
    String id,
    String title,
    Condition when,
    List<String> steps,
    Optional<URI> source,
    boolean undocumented) {

  public GuidanceEntry {
    if (source.isPresent() == undocumented) {
      throw new IllegalArgumentException(id + " needs either a source or undocumented: true");
    }
    if (steps.isEmpty()) {
      throw new IllegalArgumentException(id + " has no steps");
    }
  }

  GuidanceNote note() {
    return new GuidanceNote(title, steps, source);
  }
}
