package dev.meshcheck.reports.model;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What to do next.
 *
 * @param title what seems to be wrong, in plain words
 * @param steps sentences and commands, in the order in which to try them
 * @param source the page that says so; absent where nobody documents it
 */
public record GuidanceNote(String title, List<String> steps, Optional<URI> source) {

  /** The same with its steps in other words. */
  public GuidanceNote worded(UnaryOperator<String> words) {
    return new GuidanceNote(title, steps.stream().map(words).toList(), source);
  }
}
