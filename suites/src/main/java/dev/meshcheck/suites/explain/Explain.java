package dev.meshcheck.suites.explain;

import dev.meshcheck.fixtures.settings.DidYouMean;
import dev.meshcheck.fixtures.settings.Program;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.cause.Cause;
import dev.meshcheck.reports.cause.Causes;
import dev.meshcheck.reports.compare.RunFiles;
import dev.meshcheck.reports.console.Lines;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.run.ReportsOption;
import dev.meshcheck.suites.check.Catalogue.Entry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what a word stands for, and writes the page on it. */
public final class Explain {

  private Explain() {}

  /**
   * Explains a word.
   *
   * @param what the id of a check or a cause, {@code RUN:CHECK} or {@code RUN:e12}
   * @param rehearsal shows what a check sends
   * @throws UsageException where there is nothing of that name
   */
  public static void explain(
      String what, List<Entry> catalogue, Rehearsal rehearsal, Settings settings, Lines lines) {
    int colon = what.lastIndexOf(':');
    if (colon > 0) {
      ofRun(what.substring(0, colon), what.substring(colon + 1), settings, lines);
      return;
    }
    Optional<Entry> check =
        catalogue.stream().filter(entry -> entry.info().id().equals(what)).findFirst();
    if (check.isPresent()) {
      new CheckPage(check.get(), rehearsal, lines).write();
      return;
    }
    Optional<Cause> cause = Causes.all().stream().filter(c -> c.slug().equals(what)).findFirst();
    if (cause.isPresent()) {
      CausePage.write(cause.get(), lines);
      return;
    }
    List<String> known =
        Stream.concat(
                catalogue.stream().map(entry -> entry.info().id()),
                Causes.all().stream().map(Cause::slug))
            .toList();
    throw new UsageException(
        "there is no check and no cause '"
            + what
            + "'; "
            + DidYouMean.hint(what, known)
            + "'"
            + Program.name()
            + " list' prints the checks, docs/troubleshooting.md the causes");
  }

  private static void ofRun(String run, String what, Settings settings, Lines lines) {
    RunReport report = RunFiles.read(run, settings.workDirectory(), settings.reports());
    RunPage page = new RunPage(report, ReportsOption.of(settings), lines);
    if (Exchanges.isId(what)) {
      page.exchange(what);
    } else {
      page.check(what);
    }
  }
}
