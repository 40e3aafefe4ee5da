package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.settings.Program;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.baseline.Baselines;
import dev.meshcheck.reports.compare.RunFiles;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.Summary;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.render.Story;
import dev.meshcheck.reports.text.Plain;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Accepts a run as what later runs of the same environment are compared with. */
final class Accept {

  private Accept() {}

  /**
   * Keeps a copy of the run.
   *
   * @throws UsageException where there is no such run, it did not end, or the copy cannot be kept
   */
  static ExitCode run(String word, Settings settings, PrintWriter out) {
    Path reports =
        settings
            .reports()
            .orElseThrow(
                () ->
                    new UsageException(
                        "accepted runs are kept in the reports, and --reports none keeps none; name"
                            + " a directory with --reports DIR"));
    RunReport run = RunFiles.read(word, settings.workDirectory(), settings.reports());
    if (!run.run().complete()) {
      throw new UsageException(
          "run " + run.run().id() + " did not come to its end; accept one that did");
    }
    try {
      Path kept = new Baselines(reports, settings.readers()).accept(run);
      run.targets().forEach(t -> out.println("accepted " + Plain.line(Story.describe(t), 500)));
      out.println("run " + run.run().id() + ": " + unaccepted(run.summary()));
      out.println("kept in " + kept);
      out.println(
          "a gate on it: " + Program.name() + " verify … --baseline accepted --fail-on new");
      return ExitCode.PASSED;
    } catch (IOException e) {
      throw new UsageException(
          "the accepted run cannot be written to " + reports + "; name another --reports DIR");
    }
  }

  private static String unaccepted(Summary summary) {
    String failures = summary.failed() == 1 ? "1 failure is" : summary.failed() + " failures are";
    return failures
        + " accepted"
        + (summary.couldNotRun() == 0
            ? ""
            : "; " + summary.couldNotRun() + " could not run, and failures there will be new");
  }
}
