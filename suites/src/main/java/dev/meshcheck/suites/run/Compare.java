package dev.meshcheck.suites.run;

import dev.meshcheck.reports.compare.ChangeText;
import dev.meshcheck.reports.compare.Comparison;
import dev.meshcheck.reports.model.ChangeReport;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.text.Plain;
import java.io.PrintWriter;

/** Prints what changed between two runs. */
final class Compare {

  private Compare() {}

  /** Exits with 1 where something fails that did not fail before. */
  static ExitCode print(RunReport before, RunReport now, PrintWriter out) {
    ChangeReport change = Comparison.of(before, now, false);
    out.println(change.headline());
    out.println(before.run().id() + " → " + now.run().id());
    ChangeText.lines(change).forEach(line -> out.println("  " + Plain.line(line, 500)));
    if (!now.run().complete()) {
      out.println("  the newer run did not come to its end");
      return ExitCode.INCOMPLETE;
    }
    return change.newlyFailing().isEmpty() ? ExitCode.PASSED : ExitCode.BROKEN_CONTRACT;
  }
}
