package dev.meshcheck.reports.console;

import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TargetReport;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.render.Story;
import dev.meshcheck.reports.run.Progress;
import dev.meshcheck.reports.run.RunObserver;
import dev.meshcheck.reports.text.Plain;
import java.io.PrintWriter;

/** Tells a run to people while it goes on; {@link ConsoleEnding} tells what became of it. */
public final class ConsoleReport implements RunObserver {

  private final PrintWriter out;
  private final ConsoleStyle style;
  private final Kept kept;
  private final Lines lines;
  private final ProgressLine progress;

  /** A console for a run that is kept there. */
  public ConsoleReport(PrintWriter out, ConsoleStyle style, Kept kept) {
    this.out = out;
    this.style = style;
    this.kept = kept;
    this.lines = new Lines(out, style);
    this.progress = new ProgressLine(out, style);
  }

  /** Says what the run waits for before anything is known of it. */
  public void waitsFor(String what) {
    progress.show("waiting for " + what);
  }

  @Override
  public void started(RunReport report) {
    progress.clear();
    if (told()) {
      header(report);
    }
    progress.show("0 done");
  }

  private void header(RunReport report) {
    lines.line(
        "Meshcheck "
            + report.tool().version()
            + ": "
            + Plain.line(report.run().selection(), 300)
            + ", at most "
            + report.run().parallelism()
            + " in flight");
    for (TargetReport target : report.targets()) {
      lines.line("target " + Plain.line(Story.describe(target), 500));
      target.way().ifPresent(way -> lines.line(7, Plain.line(way, 500)));
      target.decisions().forEach(decision -> lines.line(7, Plain.line(decision, 500)));
    }
    report
        .engine()
        .ifPresent(
            engine -> {
              lines.line("behind " + Plain.line(Story.describe(engine), 500));
              engine.decisions().forEach(decision -> lines.line(7, Plain.line(decision, 500)));
            });
    lines.line("");
    if (style.github()) {
      out.print(GithubCommands.group("every result") + "\n");
    }
    lines.flush();
  }

  @Override
  public void noted(String note) {
    if (told()) {
      progress.clear();
      lines.line("note   " + Plain.line(note, 1000));
      lines.flush();
    }
  }

  @Override
  public void progressed(Progress now) {
    CheckResult latest = now.latest();
    if (style.progress() && latest.outcome() == Outcome.FAILED && !latest.knownFailure()) {
      progress.clear();
      lines.line(0, "FAIL  " + Story.name(latest), style::red);
    }
    int done = now.summary().total();
    int failed = now.summary().failed();
    progress.show(
        done
            + " of "
            + now.planned()
            + (failed == 0 ? "" : ", " + failed + " failed")
            + "  "
            + latest.route());
  }

  @Override
  public void told(CheckResult result) {
    if (!style.progress() && told()) {
      lines.line(label(result.outcome()) + " " + Story.name(result));
      lines.flush();
    }
  }

  @Override
  public void finished(RunReport report) {
    progress.end();
    if (style.github() && told()) {
      out.print(GithubCommands.endGroup() + "\n");
    }
    new ConsoleEnding(new Story(report), lines, out, style, kept).tell();
    out.flush();
  }

  private boolean told() {
    return style.detail() != Detail.QUIET;
  }

  private String label(Outcome outcome) {
    return switch (outcome) {
      case PASSED -> style.green("pass ");
      case FAILED -> style.red("FAIL ");
      case WARNED -> style.yellow("warn ");
      case RECORDED -> "info ";
      case INAPPLICABLE -> "n/a  ";
      case COULD_NOT_RUN -> style.yellow("error");
    };
  }
}
