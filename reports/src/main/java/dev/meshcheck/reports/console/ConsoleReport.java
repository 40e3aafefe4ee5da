package dev.meshcheck.reports.console;

import dev.meshcheck.reports.compare.ChangeText;
import dev.meshcheck.reports.model.CauseReport;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.GuidanceNote;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TargetReport;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.render.Explanation;
import dev.meshcheck.reports.render.Story;
import dev.meshcheck.reports.run.Progress;
import dev.meshcheck.reports.run.RunObserver;
import dev.meshcheck.reports.text.Plain;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells a run to people: a header, progress, then causes with what they explain, warnings, what
 * could not run, and the other failures last, where the eye is when the run ends.
 */
public final class ConsoleReport implements RunObserver {

  /** Goes back to the start of the line and clears it. */
  private static final String CLEAR = "\r\u001b[K";

  private final PrintWriter out;
  private final ConsoleStyle style;
  private final Optional<String> reports;

  /**
   * A console.
   *
   * @param reports where the report files are, as the user would type it
   */
  public ConsoleReport(PrintWriter out, ConsoleStyle style, Optional<String> reports) {
    this.out = out;
    this.style = style;
    this.reports = reports;
  }

  @Override
  public void started(RunReport report) {
    line(
        "Meshcheck "
            + report.tool().version()
            + ": "
            + Plain.line(report.run().selection(), 300)
            + ", "
            + report.run().parallelism()
            + " in flight");
    for (TargetReport target : report.targets()) {
      line("target " + Plain.line(Story.describe(target), 500));
      target.way().ifPresent(way -> line("       " + Plain.line(way, 500)));
      target.decisions().forEach(decision -> line("       " + Plain.line(decision, 500)));
    }
    line("");
  }

  @Override
  public void noted(String note) {
    clearProgress();
    line("note   " + Plain.line(note, 1000));
  }

  @Override
  public void progressed(Progress progress) {
    if (!style.progress()) {
      return;
    }
    String counts = Story.counts(progress.summary());
    out.print(CLEAR + progress.summary().total() + "/" + progress.planned() + "  " + counts);
    out.flush();
  }

  @Override
  public void told(CheckResult result) {
    if (!style.progress()) {
      line(label(result.outcome()) + " " + Story.name(result));
    }
  }

  @Override
  public void finished(RunReport report) {
    Story story = new Story(report);
    clearProgress();
    causes(story);
    warnings(story);
    couldNotRun(story);
    expected(story);
    failures(story);
    changes(report);
    stale(story);
    line("");
    line(verdict(story));
    out.flush();
  }

  private void causes(Story story) {
    Map<CauseReport, List<CheckResult>> explained = story.explained();
    if (explained.isEmpty()) {
      return;
    }
    heading("Causes");
    explained.forEach(
        (cause, results) -> {
          line("");
          line("  " + style.red(Plain.line(story.sentence(cause, results), 500)));
          line(
              "    cause:    "
                  + cause.cause()
                  + cause.target().map(t -> " [" + Plain.line(t, 100) + "]").orElse(""));
          cause.evidence().forEach(text -> line("    evidence: " + Plain.line(text, 500)));
          cause.next().forEach(step -> line("    next:     " + Plain.line(step, 2000)));
          line("    explains: " + Plain.line(Story.ids(results), 300));
        });
  }

  private void warnings(Story story) {
    List<CheckResult> warnings = story.unexplained(story.warnings());
    if (warnings.isEmpty()) {
      return;
    }
    heading("Warnings");
    for (List<CheckResult> group : Story.alike(warnings)) {
      line("  " + style.yellow(Story.name(group)) + "  " + Plain.line(group.get(0).message(), 500));
    }
  }

  private void couldNotRun(Story story) {
    if (story.couldNotRun().isEmpty()) {
      return;
    }
    heading("Could not run");
    for (List<CheckResult> group : story.couldNotRun()) {
      CheckResult first = group.get(0);
      line("  " + style.yellow(Story.reason(first)) + " (" + group.size() + ")");
      line("    " + Plain.line(Story.names(group), 2000));
      line("    " + Plain.line(first.message(), 1000));
      for (GuidanceNote note : first.guidance()) {
        line("    next: " + note.title());
        note.steps().forEach(step -> line("          - " + step));
      }
      Explanation.exchange(story.report(), first)
          .ifPresent(e -> line("    again: " + Plain.text(e.curl())));
    }
  }

  private void failures(Story story) {
    List<CheckResult> failures = story.unexplained(story.failures());
    if (failures.isEmpty()) {
      return;
    }
    heading("Failures");
    for (List<CheckResult> group : Story.alike(failures)) {
      line("");
      line("  " + style.red(Story.name(group)) + "  " + Plain.line(group.get(0).title(), 300));
      Explanation.lines(story.report(), group).forEach(text -> line("    " + text));
    }
  }

  private void expected(Story story) {
    if (story.expectedFailures().isEmpty()) {
      return;
    }
    heading("Expected failures");
    for (CheckResult result : story.expectedFailures()) {
      String why = Plain.line(story.whyExpected(result), 500);
      line("  " + style.yellow(Story.name(result)) + "  " + why);
    }
  }

  private void changes(RunReport report) {
    report
        .change()
        .ifPresent(
            change -> {
              heading("Changed since run " + change.baseline() + ": " + change.headline());
              ChangeText.lines(change).forEach(text -> line("  " + Plain.line(text, 500)));
            });
  }

  private void stale(Story story) {
    if (story.staleEntries().isEmpty()) {
      return;
    }
    heading("Known failures are out of date");
    story.staleEntries().forEach(text -> line("  " + style.red(Plain.line(text, 500))));
  }

  private String verdict(Story story) {
    String word = story.verdict();
    boolean passed = story.exit().equals(Optional.of(ExitCode.PASSED));
    return (passed ? style.green(word) : style.red(word))
        + "  "
        + Story.counts(story.report().summary())
        + reports.map(where -> " · reports in " + where).orElse("")
        + " · "
        + story.ending();
  }

  private void heading(String text) {
    line("");
    line(style.bold(text));
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

  private void clearProgress() {
    if (style.progress()) {
      out.print(CLEAR);
    }
  }

  private void line(String text) {
    // Not println: reports have the same bytes on every system.
    out.print(Plain.noCommand(text) + "\n");
  }
}
