package dev.meshcheck.reports.run;

import dev.meshcheck.fixtures.surface.Surface.Credential;
import dev.meshcheck.fixtures.surface.Surfaces;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.EngineReport;
import dev.meshcheck.reports.model.EngineReport.Whose;
import dev.meshcheck.reports.model.Rerun;
import dev.meshcheck.reports.outcome.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts what a check found at the engine beside what it found in front. */
final class Hops {

  private final Map<String, CheckResult> engine = new LinkedHashMap<>();

  /** Takes a result of the engine. */
  void add(CheckResult result) {
    engine.put(result.check(), result);
  }

  /** The same result with that of the engine, where there is one. */
  CheckResult joined(CheckResult front) {
    return Optional.ofNullable(engine.get(front.check()))
        .filter(behind -> isBefore(front))
        .map(behind -> front.withEngine(beside(front, behind)))
        .orElse(front);
  }

  /** The engine stands behind inference hosts, and not behind a control plane. */
  private static boolean isBefore(CheckResult front) {
    return Surfaces.named(front.surface())
        .filter(surface -> surface.credential() == Credential.INFERENCE_KEY)
        .isPresent();
  }

  private static EngineReport beside(CheckResult front, CheckResult behind) {
    boolean wrong = front.outcome() == Outcome.FAILED || front.outcome() == Outcome.WARNED;
    return new EngineReport(
        behind.outcome(),
        behind.reason(),
        behind.message(),
        behind.exchanges(),
        wrong ? Optional.of(whose(front, behind)) : Optional.empty());
  }

  private static Whose whose(CheckResult front, CheckResult behind) {
    if (front.rerun().filter(Rerun::flaky).isPresent()) {
      // What fails now and then may have failed at the engine, when it did.
      return Whose.UNKNOWN;
    }
    if (EngineReport.wrong(behind.outcome(), behind.reason())) {
      return front.reason().equals(behind.reason()) ? Whose.ENGINE : Whose.BOTH;
    }
    return List.of(Outcome.PASSED, Outcome.RECORDED).contains(behind.outcome())
        ? Whose.GATEWAY
        : Whose.UNKNOWN;
  }
}
