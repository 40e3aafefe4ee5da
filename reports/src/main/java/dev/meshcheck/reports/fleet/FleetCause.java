package dev.meshcheck.reports.fleet;

import dev.meshcheck.reports.model.CauseReport;
import dev.meshcheck.reports.text.NextStep;
import java.util.Optional;

/**
 * A diagnosis of an environment.
 *
 * @param cause the slug
 * @param title in plain words
 * @param target the target that it is about, where it is about one
 * @param explains how many results it explains
 * @param next the first command to type, or the first thing to do
 */
public record FleetCause(
    String cause, String title, Optional<String> target, int explains, Optional<String> next) {

  /** A cause with the number of its results. */
  static FleetCause of(CauseReport cause, int explains) {
    return new FleetCause(
        cause.cause(), cause.title(), cause.target(), explains, NextStep.first(cause.next()));
  }
}
