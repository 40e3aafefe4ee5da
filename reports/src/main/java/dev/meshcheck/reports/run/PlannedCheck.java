package dev.meshcheck.reports.run;

import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.outcome.CheckInfo;

/** A check that the run has promised to judge on a target. */
public record PlannedCheck(CheckInfo check, Target target) {

  Key key() {
    return new Key(check.id(), target.name());
  }

  /** What makes a verdict unique in a run. */
  record Key(String check, String target) {}
}
