package dev.meshcheck.reports.model;

import java.util.List;
import java.util.Locale;

/**
 * Whether a target can do one thing, and the checks that say so.
 *
 * @param target the name of the target
 * @param capability a slug that is never renamed
 * @param kind whether it is a route or something that a route can do
 * @param title for people
 * @param state what the checks say of it
 * @param checks the ids of those that decided, in the order of the table
 * @param because what the first of them said
 */
public record CapabilityReport(
    String target,
    String capability,
    Kind kind,
    String title,
    State state,
    List<String> checks,
    String because) {

  /** Keeps a copy. */
  public CapabilityReport {
    checks = List.copyOf(checks);
  }

  /** What a capability is. */
  public enum Kind {
    ROUTE,
    ABILITY;

    /** The kebab-case name, as in report.json. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What checks say of a capability. */
  public enum State {
    /** It is there and works. */
    YES,
    /** The host declines it, or the model does not do it. */
    NO,
    /** It is taken, and what comes back is wrong. */
    BROKEN,
    /** Nothing can be said: checks could not run, or told nothing. */
    NOT_JUDGED;

    /** The kebab-case name, as in report.json. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
