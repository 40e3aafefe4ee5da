package dev.meshcheck.reports.model;

import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.outcome.Level;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What became of one check on one target.
 *
 * @param check the id of the check
 * @param target the name of the target
 * @param surface of the target
 * @param route that the check is about
 * @param level how strongly the check speaks
 * @param outcome what became of it
 * @param reason why it did not pass
 * @param title the sentence of the contract
 * @param message one sentence that stands alone
 * @param expected what the contract asks for
 * @param actual what came back instead
 * @param guidance what to do next, most specific first, at most three
 * @param exchanges ids of what the verdict rests on, the decisive one last
 * @param durationMs milliseconds, waiting for shared exchanges included
 * @param knownFailure whether the failure is listed as known
 * @param source the public page that the rule comes from
 * @param likelyCauses what is probably wrong when the check fails, most likely first
 * @param engine what became of the same check at the engine behind the target
 * @param rerun what became of an unexpected failure when it was run once more, alone
 */
public record CheckResult(
    String check,
    String target,
    String surface,
    RouteName route,
    Level level,
    Outcome outcome,
    Optional<Reason> reason,
    String title,
    String message,
    Optional<String> expected,
    Optional<String> actual,
    List<GuidanceNote> guidance,
    List<String> exchanges,
    double durationMs,
    boolean knownFailure,
    URI source,
    List<String> likelyCauses,
    Optional<EngineReport> engine,
    Optional<Rerun> rerun) {

  /** The same result with guidance. */
  public CheckResult withGuidance(List<GuidanceNote> notes) {
    return with(notes, knownFailure, engine, rerun);
  }

  /** The same result as a failure that somebody expected. */
  public CheckResult asKnownFailure() {
    return with(guidance, true, engine, rerun);
  }

  /** The same result with what became of it when it was run once more. */
  public CheckResult withRerun(Rerun again) {
    return with(guidance, knownFailure, engine, Optional.of(again));
  }

  /** The same result beside that of the engine. */
  public CheckResult withEngine(EngineReport behind) {
    return with(guidance, knownFailure, Optional.of(behind), rerun);
  }

  private CheckResult with(
      List<GuidanceNote> notes,
      boolean known,
      Optional<EngineReport> behind,
      Optional<Rerun> again) {
    return new CheckResult(
        check,
        target,
        surface,
        route,
        level,
        outcome,
        reason,
        title,
        message,
        expected,
        actual,
        notes,
        exchanges,
        durationMs,
        known,
        source,
        likelyCauses,
        behind,
        again);
  }
}
