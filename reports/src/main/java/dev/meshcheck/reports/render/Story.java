package dev.meshcheck.reports.render;

import dev.meshcheck.reports.cause.NotJudged;
import dev.meshcheck.reports.model.CauseReport;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.ResultName;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.Summary;
import dev.meshcheck.reports.model.TargetReport;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.RunVerdict;
import dev.meshcheck.reports.run.ExitRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The words and the order that all readable reports share, so that they tell the same. */
public record Story(RunReport report) {

  /** How the run ended. */
  public RunVerdict conclusion() {
    if (interrupted()) {
      return RunVerdict.CUT_SHORT;
    }
    return exit()
        .map(
            code ->
                switch (code) {
                  case PASSED -> RunVerdict.PASSED;
                  case BROKEN_CONTRACT -> RunVerdict.FAILED;
                  case USAGE ->
                      staleEntries().isEmpty() ? RunVerdict.NOT_RUN : RunVerdict.LIST_OUT_OF_DATE;
                  case INCOMPLETE ->
                      notJudged().isPresent() ? RunVerdict.NOT_JUDGED : RunVerdict.INCOMPLETE;
                  case UNREACHABLE -> RunVerdict.UNREACHABLE;
                  case MESHCHECK_BROKE -> RunVerdict.MESHCHECK_BROKE;
                })
        .orElse(RunVerdict.UNFINISHED);
  }

  /** One word, or a few, for how the run ended. */
  public String verdict() {
    return conclusion().words();
  }

  /** Whether the run was told to end before its time, and could still tell what it knew. */
  public boolean interrupted() {
    return !report.run().complete() && exit().isPresent();
  }

  /** The verdict, and why where that is not the host's doing. */
  public String headline() {
    return verdict() + notJudged().map(cause -> ": " + decapitalized(cause.title())).orElse("");
  }

  /** The cause on the caller's side that explains every failure, where there is one. */
  public Optional<CauseReport> notJudged() {
    return exit().filter(code -> code == ExitCode.INCOMPLETE).isPresent() && !interrupted()
        ? NotJudged.because(report, failures().isEmpty() ? failed() : failures())
        : Optional.empty();
  }

  /** Everything that failed, whether somebody expects it or not. */
  private List<CheckResult> failed() {
    return report.results().stream().filter(r -> r.outcome() == Outcome.FAILED).toList();
  }

  private static String decapitalized(String title) {
    return title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1);
  }

  /** The exit code and its meaning, such as {@code exit 1: the host breaks its contract}. */
  public String ending() {
    return exit()
        .map(code -> "exit " + code.code() + ": " + meaning(code))
        .orElse("the run did not come to its end");
  }

  /** What the exit code means here, in plain words. */
  public String meaning(ExitCode code) {
    if (code == ExitCode.USAGE && !staleEntries().isEmpty()) {
      return "the list of known failures is out of date";
    }
    if (interrupted()) {
      return "the run was interrupted, and this is what was known by then";
    }
    if (notJudged().isPresent()) {
      return "nothing can be said of the host";
    }
    boolean any = !report.results().isEmpty();
    if (code == ExitCode.INCOMPLETE && any && ExitRule.nothingApplies(report.results())) {
      return "incomplete: nothing that was selected applies to this host";
    }
    if (code != ExitCode.PASSED || expectedFailures().isEmpty()) {
      return code.meaning();
    }
    int known = knownFailures().size();
    int still = expectedFailures().size() - known;
    List<String> parts = new ArrayList<>();
    addCount(parts, known, known == 1 ? "known failure" : "known failures");
    addCount(parts, still, "still failing");
    return "nothing new is broken; " + String.join(", ", parts);
  }

  /** The failures that somebody expects; they do not fail the run. */
  public List<CheckResult> knownFailures() {
    return report.results().stream().filter(CheckResult::knownFailure).toList();
  }

  /** What fails without failing the run: known failures, and with --fail-on new old ones. */
  public List<CheckResult> expectedFailures() {
    return report.results().stream()
        .filter(r -> r.knownFailure() || (r.outcome() == Outcome.FAILED && !breaksContract(r)))
        .toList();
  }

  /** Why a failure does not fail the run. */
  public String whyExpected(CheckResult result) {
    return report
        .knownFailures()
        .flatMap(known -> known.entry(ResultName.of(result)))
        .map(
            entry ->
                "known failure: "
                    + entry.reason()
                    + entry.issue().map(i -> " (" + i + ")").orElse(""))
        .orElse(result.knownFailure() ? "known failure" : "still failing, as in the baseline");
  }

  /** Where the list of known failures is out of date, as file, line and what to do. */
  public List<String> staleEntries() {
    return report.knownFailures().stream()
        .flatMap(k -> k.stale().stream().map(s -> k.file() + ":" + s.line() + " " + s.message()))
        .toList();
  }

  /** The exit code; absent while the run goes on. */
  public Optional<ExitCode> exit() {
    return report.run().exitCode().map(ExitCode::of);
  }

  /** How many results there are of each outcome; passed and failed are always named. */
  public static String counts(Summary summary) {
    List<String> parts = new ArrayList<>();
    parts.add(summary.passed() + " passed");
    parts.add(summary.failed() + " failed");
    addCount(parts, summary.warned(), "warned");
    addCount(parts, summary.couldNotRun(), "could not run");
    addCount(parts, summary.recorded(), "recorded");
    addCount(parts, summary.inapplicable(), "inapplicable");
    return String.join(", ", parts);
  }

  /** What each cause explains; causes that explain nothing are left out. */
  public Map<CauseReport, List<CheckResult>> causes() {
    Map<CauseReport, List<CheckResult>> causes = new LinkedHashMap<>();
    for (CauseReport cause : report.causes()) {
      List<CheckResult> mine =
          report.results().stream().filter(r -> cause(r).equals(Optional.of(cause))).toList();
      if (!mine.isEmpty()) {
        causes.put(cause, mine);
      }
    }
    return causes;
  }

  /** One sentence, such as {@code all 60 failures: the host does not know this X-User-Id}. */
  public String sentence(CauseReport cause, List<CheckResult> mine) {
    return scope(mine) + ": " + cause.title();
  }

  /**
   * How much a cause explains, such as {@code all 8 failures on serverless and 290 that could not
   * run}.
   *
   * @param mine what it explains, all on one target
   */
  public String scope(List<CheckResult> mine) {
    long failed = mine.stream().filter(this::breaksContract).count();
    long unable = mine.stream().filter(r -> r.outcome() == Outcome.COULD_NOT_RUN).count();
    long warned = mine.size() - failed - unable;
    List<String> parts = new ArrayList<>();
    if (failed > 0) {
      parts.add(share(failed, mine.get(0).target()));
    }
    if (warned > 0) {
      parts.add(warned + (warned == 1 ? " warning" : " warnings"));
    }
    if (unable > 0) {
      parts.add(unable + (failed + warned > 0 ? " that" : "") + " could not run");
    }
    return String.join(" and ", parts);
  }

  private String share(long failed, String target) {
    List<CheckResult> failures = failures();
    long here = failures.stream().filter(r -> r.target().equals(target)).count();
    String place = here < failures.size() ? " on " + target : "";
    if (failed < here) {
      return failed + " of " + here + " failures" + place;
    }
    return (here == 1 ? "the only failure" : "all " + here + " failures") + place;
  }

  /** The results that no cause explains. */
  public List<CheckResult> unexplained(List<CheckResult> results) {
    Set<CheckResult> told =
        causes().values().stream().flatMap(List::stream).collect(Collectors.toSet());
    return results.stream().filter(r -> !told.contains(r)).toList();
  }

  /** The first cause that explains a result; none explains what passed or is expected. */
  public Optional<CauseReport> cause(CheckResult result) {
    boolean wrong =
        breaksContract(result)
            || result.outcome() == Outcome.COULD_NOT_RUN
            || result.outcome() == Outcome.WARNED;
    return wrong
        ? report.causes().stream().filter(c -> c.explains(result)).findFirst()
        : Optional.empty();
  }

  /** The results that break the contract, warnings included where the run is strict. */
  public List<CheckResult> failures() {
    return report.results().stream().filter(this::breaksContract).toList();
  }

  /** Whether that result alone fails the run. */
  public boolean breaksContract(CheckResult result) {
    return ExitRule.breaksContract(result, report.run().strict(), report.change());
  }

  /** The warnings that do not fail the run. */
  public List<CheckResult> warnings() {
    return report.results().stream()
        .filter(r -> r.outcome() == Outcome.WARNED && !r.knownFailure() && !breaksContract(r))
        .toList();
  }

  /** What could not run and no cause explains, by reason and guidance, in order. */
  public List<List<CheckResult>> couldNotRun() {
    return Groups.alikeInAdvice(
        unexplained(
            report.results().stream().filter(r -> r.outcome() == Outcome.COULD_NOT_RUN).toList()));
  }

  /** The id of a check and the targets, such as {@code chat.answers [on-demand, serverless]}. */
  public static String name(List<CheckResult> group) {
    return group.get(0).check()
        + group.stream().map(CheckResult::target).collect(Collectors.joining(", ", " [", "]"));
  }

  /** The name of one result, such as {@code chat.answers [on-demand]}. */
  public static String name(CheckResult result) {
    return name(List.of(result));
  }

  /** The reason of a result, or {@code unknown}. */
  public static String reason(CheckResult result) {
    return result.reason().map(Object::toString).orElse("unknown");
  }

  /** The target in a line: name, surface where it has another name, environment, host, model. */
  public static String describe(TargetReport target) {
    String surface = target.name().equals(target.surface()) ? "" : " (" + target.surface() + ")";
    return target.name()
        + surface
        + environment(target).map(name -> " of " + name).orElse("")
        + " at "
        + target.host()
        + target.model().map(model -> ", model " + model).orElse("");
  }

  /** What the user calls the environment of a target, where that is more than its address. */
  public static Optional<String> environment(TargetReport target) {
    return target.environment().filter(name -> !(target.host() + ":80").contains("://" + name));
  }

  /** The ids of the checks, each once, joined by commas. */
  public static String ids(Collection<CheckResult> results) {
    return results.stream().map(CheckResult::check).distinct().collect(Collectors.joining(", "));
  }

  /** The names of checks and targets, joined by commas. */
  public static String names(Collection<CheckResult> results) {
    return results.stream().map(Story::name).collect(Collectors.joining(", "));
  }

  private static void addCount(List<String> parts, int count, String word) {
    if (count > 0) {
      parts.add(count + " " + word);
    }
  }
}
