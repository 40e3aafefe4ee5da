package dev.meshcheck.reports.known;

import dev.meshcheck.fixtures.settings.DidYouMean;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.KnownFailuresReport;
import dev.meshcheck.reports.model.KnownFailuresReport.Met;
import dev.meshcheck.reports.model.KnownFailuresReport.Stale;
import dev.meshcheck.reports.model.ResultName;
import dev.meshcheck.reports.outcome.Outcome;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The failures that somebody expects. They do not fail a run and stay visible in every report; but
 * an entry that no longer tells the truth fails it, or the list would only ever grow.
 *
 * @param file the name of the file, for messages
 * @param entries in the order of the file
 */
public record KnownFailures(String file, List<KnownFailure> entries) {

  public KnownFailures {
    entries = List.copyOf(entries);
  }

  /** Whether a failure with that result is expected today. */
  public boolean expects(CheckResult result, LocalDate today) {
    return fails(result) && entries.stream().anyMatch(e -> !e.expired(today) && e.isAbout(result));
  }

  /**
   * What became of the list in a whole run.
   *
   * @param results of the run
   * @param catalogue the ids of all checks, selected or not
   */
  public KnownFailuresReport judge(
      List<CheckResult> results, List<String> catalogue, LocalDate today) {
    List<Met> met = new ArrayList<>();
    List<Stale> stale = new ArrayList<>();
    for (KnownFailure entry : entries) {
      List<CheckResult> mine = results.stream().filter(entry::isAbout).toList();
      Optional<Stale> problem = problem(entry, mine, catalogue, today);
      problem.ifPresent(stale::add);
      List<ResultName> failing =
          mine.stream().filter(CheckResult::knownFailure).map(ResultName::of).toList();
      if (problem.isEmpty() && !failing.isEmpty()) {
        met.add(new Met(entry.line(), failing, entry.reason(), entry.issue(), entry.until()));
      }
    }
    return new KnownFailuresReport(file, List.copyOf(met), List.copyOf(stale));
  }

  private Optional<Stale> problem(
      KnownFailure entry, List<CheckResult> mine, List<String> catalogue, LocalDate today) {
    Optional<KnownFailure> first =
        entries.subList(0, entries.indexOf(entry)).stream().filter(entry::repeats).findFirst();
    if (first.isPresent()) {
      return stale(entry, "duplicate", "it repeats the entry of line " + first.get().line());
    }
    if (catalogue.stream().noneMatch(entry.check()::matches)) {
      return stale(
          entry,
          "matches-nothing",
          "no check has such an id; " + DidYouMean.hint(entry.check().toString(), catalogue));
    }
    if (entry.expired(today)) {
      return stale(entry, "expired", "it was expected until " + entry.until().orElseThrow());
    }
    // What was not selected, or could not run, says nothing about the entry.
    boolean judged = mine.stream().anyMatch(r -> r.outcome() != Outcome.COULD_NOT_RUN);
    boolean open = mine.stream().anyMatch(r -> fails(r) || r.outcome() == Outcome.COULD_NOT_RUN);
    return judged && !open
        ? stale(entry, "passes", "it passes now on " + String.join(", ", targets(mine)))
        : Optional.empty();
  }

  private static List<String> targets(List<CheckResult> results) {
    return results.stream().map(CheckResult::target).distinct().toList();
  }

  private Optional<Stale> stale(KnownFailure entry, String problem, String why) {
    String said = why.strip().replaceFirst(";$", "");
    String dot = said.endsWith("?") ? " " : "; ";
    String message = entry.check() + ": " + said + dot + "remove line " + entry.line();
    return Optional.of(new Stale(entry.line(), entry.check().toString(), problem, message));
  }

  private static boolean fails(CheckResult result) {
    return result.outcome() == Outcome.FAILED || result.outcome() == Outcome.WARNED;
  }
}
