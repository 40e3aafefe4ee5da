package dev.meshcheck.reports.model;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run as it is told: this is report.json, field by field. Everything in it is redacted. Absent
 * optional fields are left out of the file, never written as null.
 *
 * @param schemaVersion of this format; grows when a field changes its meaning or goes away
 * @param tool what wrote the report
 * @param catalogue the checks that the tool knows
 * @param run when, how and with what result
 * @param targets in the order of the plan
 * @param engine what stands behind the targets, where it was judged beside them
 * @param results in the order of the plan
 * @param exchanges by id, in the order of sending
 * @param causes diagnoses that explain many failures at once, most likely first
 * @param capabilities what each target can do, as the results say it; empty in reports of 0.1
 * @param summary results counted by outcome
 * @param change what is different from an earlier run, where one was named
 * @param knownFailures what became of the list of known failures, where there is one
 * @param clients which clients work with which target; absent while the run goes on, and in reports
 *     of older versions
 * @param performance how fast targets are; absent where it was not measured
 */
public record RunReport(
    int schemaVersion,
    Tool tool,
    Catalogue catalogue,
    Run run,
    List<TargetReport> targets,
    Optional<TargetReport> engine,
    List<CheckResult> results,
    Map<String, ExchangeReport> exchanges,
    List<CauseReport> causes,
    @JsonSetter(nulls = Nulls.AS_EMPTY) List<CapabilityReport> capabilities,
    Summary summary,
    Optional<ChangeReport> change,
    Optional<KnownFailuresReport> knownFailures,
    Optional<List<ClientReport>> clients,
    Optional<List<PerformanceReport>> performance) {

  /** The version of the format that this code writes. */
  public static final int SCHEMA_VERSION = 1;

  /** The same report at the end of the run. */
  public RunReport ended(
      Run end,
      Optional<ChangeReport> changed,
      Optional<KnownFailuresReport> known,
      Optional<List<ClientReport>> verdicts) {
    return new RunReport(
        schemaVersion,
        tool,
        catalogue,
        end,
        targets,
        engine,
        results,
        exchanges,
        causes,
        capabilities,
        summary,
        changed,
        known,
        verdicts,
        performance);
  }

  /** The same report with these results. */
  public RunReport withResults(List<CheckResult> others) {
    return new RunReport(
        schemaVersion,
        tool,
        catalogue,
        run,
        targets,
        engine,
        others,
        exchanges,
        causes,
        capabilities,
        summary,
        change,
        knownFailures,
        clients,
        performance);
  }

  /** The exchanges that a result rests on, the decisive one last. */
  public List<ExchangeReport> exchangesOf(CheckResult result) {
    return result.exchanges().stream().map(exchanges::get).toList();
  }
}
