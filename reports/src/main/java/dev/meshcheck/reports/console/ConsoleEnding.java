package dev.meshcheck.reports.console;

import dev.meshcheck.fixtures.settings.Program;
import dev.meshcheck.reports.compare.ChangeText;
import dev.meshcheck.reports.model.CauseReport;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.render.Explanation;
import dev.meshcheck.reports.render.Groups;
import dev.meshcheck.reports.render.Hop;
import dev.meshcheck.reports.render.Spent;
import dev.meshcheck.reports.render.Story;
import dev.meshcheck.reports.text.NextStep;
import dev.meshcheck.reports.text.Plain;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The end of a run on the console. It is read from the bottom: the verdict, the causes with their
 * first step, a line for each failure; above them what they are made of.
 */
final class ConsoleEnding {

  /** So many failures fit on one screen with all that is said of each. */
  private static final int ONE_SCREEN = 4;

  private static final int MOST_LISTED = 30;

  private final Story story;
  private final Lines lines;
  private final PrintWriter out;
  private final ConsoleStyle style;
  private final Kept kept;

  ConsoleEnding(Story story, Lines lines, PrintWriter out, ConsoleStyle style, Kept kept) {
    this.story = story;
    this.lines = lines;
    this.out = out;
    this.style = style;
    this.kept = kept;
  }

  void tell() {
    if (style.detail() != Detail.QUIET) {
      warnings();
      expected();
      changes();
      couldNotRun();
    }
    failures();
    stale();
    annotations();
    if (style.detail() != Detail.QUIET) {
      list();
    }
    causes();
    engine();
    lines.line("");
    verdict();
  }

  private void warnings() {
    List<CheckResult> warnings = story.unexplained(story.warnings());
    if (warnings.isEmpty()) {
      return;
    }
    heading("Warnings");
    for (List<CheckResult> group : Groups.oneRoot(warnings)) {
      lines.line(2, Groups.many(group) + "  " + Plain.line(Groups.message(group), 500));
    }
  }

  private void expected() {
    if (story.expectedFailures().isEmpty()) {
      return;
    }
    heading("Expected failures");
    for (CheckResult result : story.expectedFailures()) {
      String why = Plain.line(story.whyExpected(result), 500);
      lines.line(2, Story.name(result) + "  " + why);
    }
  }

  private void changes() {
    story
        .report()
        .change()
        .ifPresent(
            change -> {
              heading("Changed since run " + change.baseline() + ": " + change.headline());
              ChangeText.lines(change).forEach(text -> lines.line(2, Plain.line(text, 500)));
            });
  }

  private void couldNotRun() {
    if (story.couldNotRun().isEmpty()) {
      return;
    }
    heading("Could not run");
    for (List<CheckResult> group : story.couldNotRun()) {
      CheckResult first = group.get(0);
      lines.line(2, Story.reason(first) + ": " + Groups.byRoute(group), style::yellow);
      lines.line(4, Plain.line(first.message(), style.width().isPresent() ? 200 : 1000));
      if (whole()) {
        Explanation.lines(story.report(), group).stream().skip(1).forEach(this::explained);
      } else {
        first.guidance().stream()
            .limit(1)
            .forEach(
                note -> {
                  lines.line(4, "next: " + note.title());
                  note.steps().stream().limit(1).forEach(step -> lines.line(6, step));
                });
      }
    }
  }

  private void failures() {
    List<CheckResult> failures = story.unexplained(story.failures());
    if (failures.isEmpty()) {
      return;
    }
    heading("Failures");
    for (List<CheckResult> group : Groups.oneRoot(failures)) {
      if (whole()) {
        lines.line("");
        String title = Plain.line(group.get(0).title(), 300);
        lines.line(2, Groups.many(group) + "  " + title, style::red);
        Explanation.lines(story.report(), group).forEach(this::explained);
      } else {
        brief(group);
      }
    }
  }

  /** What and where, expected against actual, the likeliest reason, and where the rest stands. */
  private void brief(List<CheckResult> group) {
    CheckResult result = group.get(0);
    lines.line(2, Groups.many(group) + "  " + Plain.line(Groups.message(group), 300), style::red);
    Explanation.contrast(result).ifPresent(text -> lines.cut(4, Plain.line(text, 400)));
    result
        .rerun()
        .filter(again -> again.flaky())
        .ifPresent(again -> lines.cut(4, Explanation.rerun(again)));
    new Hop(story.report())
        .words(result)
        .ifPresent(text -> lines.cut(4, "engine: " + Plain.line(text, 400)));
    Explanation.likeliest(result).ifPresent(text -> lines.cut(4, "likely: " + text));
    String look = kept.explain() + " " + story.report().run().id() + ":" + result.check();
    lines.whole(4, style.dim(look));
  }

  private void stale() {
    if (story.staleEntries().isEmpty()) {
      return;
    }
    heading("Known failures are out of date");
    story.staleEntries().forEach(text -> lines.line(2, Plain.line(text, 500), style::red));
  }

  /** What GitHub shows beside the job and in the pull request. */
  private void annotations() {
    if (style.github()) {
      Groups.oneRoot(story.failures()).stream()
          .limit(10)
          .forEach(
              group ->
                  out.print(
                      GithubCommands.error(
                              Groups.many(group), Plain.line(Groups.message(group), 300))
                          + "\n"));
    }
  }

  /** One line for each failure, where what is said of them fills more than a screen. */
  private void list() {
    List<List<CheckResult>> all = Groups.oneRoot(story.failures());
    boolean told = story.unexplained(story.failures()).size() == story.failures().size();
    if (all.isEmpty() || (told && all.size() <= ONE_SCREEN)) {
      return;
    }
    heading("Failed");
    all.stream()
        .limit(MOST_LISTED)
        .forEach(
            group ->
                lines.cut(2, Groups.many(group) + "  " + Plain.line(Groups.message(group), 300)));
    if (all.size() > MOST_LISTED) {
      lines.line(2, "… and " + (all.size() - MOST_LISTED) + " more");
    }
  }

  private void causes() {
    Map<CauseReport, List<CheckResult>> told = story.causes();
    if (told.isEmpty()) {
      return;
    }
    heading("Causes");
    told.forEach(
        (cause, results) -> {
          lines.line(2, Plain.line(story.sentence(cause, results), 500), style::red);
          if (whole()) {
            wholeCause(cause, results);
          } else {
            cause.evidence().stream()
                .limit(1)
                .forEach(text -> lines.cut(4, "because " + Plain.line(text, 500)));
            NextStep.prepared(cause.next()).forEach(step -> step("first:  ", step));
            lines.whole(4, style.dim(Program.name() + " explain " + cause.cause()));
          }
        });
  }

  private void engine() {
    Hop hop = new Hop(story.report());
    hop.summary()
        .ifPresent(
            answer -> {
              heading("Gateway or engine?");
              lines.line(2, Plain.line(answer, 1000));
            });
  }

  private void wholeCause(CauseReport cause, List<CheckResult> results) {
    String target = cause.target().map(t -> " [" + Plain.line(t, 100) + "]").orElse("");
    lines.line(4, "cause:    " + cause.cause() + target);
    cause.evidence().forEach(text -> lines.line(4, "evidence: " + Plain.line(text, 500)));
    cause.next().forEach(step -> step("next:     ", step));
    lines.line(4, "explains: " + Groups.byRoute(results));
  }

  /** Commands stay whole, whatever the width, so that they can be copied; sentences are broken. */
  private void step(String label, String step) {
    String text = label + Plain.line(step, 2000);
    if (NextStep.of(step).command().isPresent()) {
      lines.whole(4, text);
    } else {
      lines.line(4, text);
    }
  }

  private void explained(String text) {
    if (Explanation.isCommand(text)) {
      lines.whole(4, text);
    } else {
      lines.line(4, text);
    }
  }

  private void verdict() {
    String headline = Plain.line(story.headline(), 300);
    boolean passed = story.exit().equals(Optional.of(ExitCode.PASSED));
    UnaryOperator<String> colour = passed ? style::green : style::red;
    String rest =
        "  "
            + Story.counts(story.report().summary())
            + " · "
            + Spent.of(story.report())
            + kept.directory().map(where -> " · reports in " + where).orElse("")
            + " · "
            + story.ending();
    lines.line(0, headline + rest, line -> line.replace(headline, colour.apply(headline)));
  }

  /** What the console does not tell is lost where nothing is kept. */
  private boolean whole() {
    return style.detail() == Detail.VERBOSE || kept.directory().isEmpty();
  }

  private void heading(String text) {
    lines.line("");
    lines.line(0, text, style::bold);
  }
}
