package dev.meshcheck.suites.run;

import dev.meshcheck.reports.fleet.FleetChange;
import dev.meshcheck.reports.fleet.FleetReport;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.text.Plain;
import java.io.PrintWriter;

/** Prints what changed between two nights. */
final class CompareNights {

  private CompareNights() {}

  /** Exits with 1 where an environment fails that did not fail before. */
  static ExitCode print(FleetReport before, FleetReport now, PrintWriter out) {
    FleetChange change = FleetChange.between(before, now);
    out.println(change.headline());
    out.println(before.night().id() + " → " + now.night().id());
    if (before.night().id().equals(now.night().id())) {
      line(out, "both are the same night");
    }
    change.lines().forEach(text -> line(out, text));
    if (!before.night().complete()) {
      line(out, "the older night did not come to its end");
    }
    if (!now.night().complete()) {
      line(out, "the newer night did not come to its end");
      return ExitCode.INCOMPLETE;
    }
    return change.newlyFailing().isEmpty() ? ExitCode.PASSED : ExitCode.BROKEN_CONTRACT;
  }

  private static void line(PrintWriter out, String text) {
    out.println("  " + Plain.line(text, 500));
  }
}
