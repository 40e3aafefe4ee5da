package dev.meshcheck.reports.fleet;

import dev.meshcheck.reports.model.CauseReport;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.ResultName;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TargetReport;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.render.Groups;
import dev.meshcheck.reports.render.Story;
import dev.meshcheck.reports.text.Plain;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is kept of a run that has ended: numbers, and the first words of what is wrong. */
final class Digest {

  /** What to look at first. */
  private static final List<Outcome> URGENCY =
      List.of(Outcome.FAILED, Outcome.WARNED, Outcome.COULD_NOT_RUN);

  private static final int LONGEST = 300;

  private final RunReport report;
  private final Story story;

  private Digest(RunReport report) {
    this.report = report;
    this.story = new Story(report);
  }

  /**
   * The run of that environment.
   *
   * @param change what is different from its last night
   * @param page the path of its own report
   */
  static EnvironmentReport of(
      Environment environment,
      RunReport report,
      Optional<NightChange> change,
      Optional<String> page) {
    return new Digest(report).of(environment, change, page);
  }

  private EnvironmentReport of(
      Environment environment, Optional<NightChange> change, Optional<String> page) {
    List<FailureRoot> roots = roots();
    List<CheckOutcome> notPassed =
        report.results().stream()
            .filter(r -> URGENCY.contains(r.outcome()))
            .sorted(Comparator.comparing(r -> URGENCY.indexOf(r.outcome())))
            .map(CheckOutcome::of)
            .toList();
    return new EnvironmentReport(
        environment.name(),
        environment.labels(),
        report.run().exitCode().orElse(ExitCode.INCOMPLETE.code()),
        story.conclusion(),
        why(),
        Optional.of(report.run().id()),
        Optional.of(report.run().startedAt()),
        report.run().finishedAt(),
        report.run().durationMs(),
        report.targets().stream().map(TargetReport::host).distinct().toList(),
        report.summary(),
        RouteCounts.of(report),
        story.causes().entrySet().stream()
            .map(e -> FleetCause.of(e.getKey(), e.getValue().size()))
            .toList(),
        change,
        first(roots, EnvironmentReport.MOST_FAILURES),
        left(roots, EnvironmentReport.MOST_FAILURES),
        first(notPassed, EnvironmentReport.MOST_NOT_PASSED),
        left(notPassed, EnvironmentReport.MOST_NOT_PASSED),
        List.of(),
        Spread.ofFirstTokens(report),
        Spread.ofAnswers(report),
        report.targets().stream().mapToInt(TargetReport::requests).sum(),
        report.targets().stream().mapToLong(TargetReport::tokens).sum(),
        TargetCertificate.of(report),
        report.performance(),
        page);
  }

  /**
   * Why not everything was judged: the caller's own cause, else the first of what could not run.
   */
  private Optional<String> why() {
    Optional<String> said =
        switch (story.conclusion()) {
          case NOT_JUDGED -> story.notJudged().map(CauseReport::title);
          case CUT_SHORT -> story.exit().map(story::meaning);
          case LIST_OUT_OF_DATE -> story.staleEntries().stream().findFirst();
          case INCOMPLETE, UNREACHABLE, MESHCHECK_BROKE -> unable();
          default -> Optional.empty();
        };
    return said.map(text -> Plain.line(text, LONGEST));
  }

  private Optional<String> unable() {
    if (report.results().isEmpty()) {
      return Optional.of("no check was selected");
    }
    return story.causes().keySet().stream()
        .findFirst()
        .map(CauseReport::title)
        .or(
            () ->
                report.results().stream()
                    .filter(r -> r.outcome() == Outcome.COULD_NOT_RUN)
                    .findFirst()
                    .map(CheckResult::message));
  }

  private List<FailureRoot> roots() {
    return Groups.oneRoot(story.unexplained(story.failures())).stream()
        .map(
            group ->
                new FailureRoot(
                    group.get(0).check(),
                    Groups.many(group),
                    group.get(0).route(),
                    Plain.line(Groups.message(group), LONGEST),
                    isNew(group)))
        .sorted(Comparator.comparing(FailureRoot::isNew).reversed())
        .toList();
  }

  private boolean isNew(List<CheckResult> group) {
    return report.change().stream()
        .anyMatch(c -> group.stream().map(ResultName::of).anyMatch(c.newlyFailing()::contains));
  }

  private static <T> List<T> first(List<T> all, int most) {
    return List.copyOf(all.subList(0, Math.min(most, all.size())));
  }

  private static int left(List<?> all, int most) {
    return Math.max(0, all.size() - most);
  }
}
