package dev.meshcheck.reports.render;

import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Outcome;
import java.util.List;

/** Counts the cases of a run as junit.xml has them. */
final class JunitCounts {

  private final RunReport report;
  private final Story story;
  private final Unjudged unjudged;

  JunitCounts(RunReport report) {
    this.report = report;
    this.story = new Story(report);
    this.unjudged = new Unjudged(story);
  }

  /** All cases of the run. */
  JunitTally all() {
    return tally(report.results()).plus(tallyOfRun()).plus(tallyOfList());
  }

  /** What a suite of these results says of them. */
  JunitTally tally(List<CheckResult> results) {
    long errors = results.stream().filter(r -> unjudged.spokenFor(r).isPresent()).count();
    long expected = results.stream().filter(story.expectedFailures()::contains).count();
    return new JunitTally(
        results.size(),
        results.stream().filter(story::breaksContract).count(),
        errors,
        of(results, Outcome.INAPPLICABLE) + expected + of(results, Outcome.COULD_NOT_RUN) - errors,
        results.stream().mapToDouble(CheckResult::durationMs).sum());
  }

  /** What the case about the run as a whole counts, where there has to be one. */
  JunitTally tallyOfRun() {
    long cases = report.results().isEmpty() || story.interrupted() ? 1 : 0;
    return new JunitTally(cases, 0, cases, 0, 0);
  }

  /** What the cases about the list of known failures count. */
  JunitTally tallyOfList() {
    long stale = story.staleEntries().size();
    return new JunitTally(stale, stale, 0, 0, 0);
  }

  private static long of(List<CheckResult> results, Outcome outcome) {
    return results.stream().filter(r -> r.outcome() == outcome).count();
  }
}
