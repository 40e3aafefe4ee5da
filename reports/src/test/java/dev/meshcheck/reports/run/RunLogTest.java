package dev.meshcheck.reports.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.exchange.Timings;
import dev.meshcheck.fixtures.exchange.Validity;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.model.CertificateReport;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.outcome.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunLogTest {

  private static final Redactor REDACTOR = new Redactor(List.of(Samples.KEY));

  private final Target target = Samples.target("on-demand");

  /** Remembers what it was told. */
  private static final class Told implements RunObserver {
    final List<String> checks = new ArrayList<>();
    int progress;

    @Override
    public void told(CheckResult result) {
      checks.add(result.check());
    }

    @Override
    public void progressed(Progress now) {
      progress++;
    }
  }

  @Test
  void tellsTheCertificateThatWasShownLast() {
    Validity old = new Validity(Samples.START.minusSeconds(9), Samples.START.plusSeconds(9));
    Validity young = new Validity(Samples.START, Samples.START.plusSeconds(99));
    Verdict verdict = Samples.passed("chat.answers", target, shown("e1", old), shown("e2", young));

    CertificateReport told =
        Samples.run(false, List.of(verdict)).targets().get(0).certificate().orElseThrow();

    assertEquals(new CertificateReport(young.notBefore(), young.notAfter()), told);
  }

  private Exchange shown(String id, Validity certificate) {
    OptionalDouble ms = OptionalDouble.of(1);
    return new Exchange(
        id,
        target,
        Samples.chat(target),
        Samples.json(200, "{}"),
        new Timings(ms, ms, ms, ms, 20, Optional.of(certificate), Optional.empty()),
        Samples.START,
        0);
  }

  @Test
  void tellsInTheOrderOfThePlanAsSoonAsItCan() {
    List<Verdict> verdicts =
        List.of(
            Samples.passed("a.one", target),
            Samples.passed("a.two", target),
            Samples.passed("a.three", target));
    Told told = new Told();
    RunLog log = RunLog.start(Samples.plan(false, verdicts), REDACTOR, List.of(told));

    log.judged(verdicts.get(2));
    assertEquals(List.of(), told.checks);
    log.judged(verdicts.get(0));
    assertEquals(List.of("a.one"), told.checks);
    log.judged(verdicts.get(1));
    assertEquals(List.of("a.one", "a.two", "a.three"), told.checks);
    assertEquals(3, told.progress);
  }

  @Test
  void takesVerdictsFromManyThreads() {
    List<Verdict> verdicts =
        IntStream.range(0, 300).mapToObj(i -> Samples.passed("a.n" + i, target)).toList();
    Told told = new Told();
    RunLog log = RunLog.start(Samples.plan(false, verdicts), REDACTOR, List.of(told));
    List<Verdict> shuffled = new ArrayList<>(verdicts);
    Collections.shuffle(shuffled);

    shuffled.parallelStream().forEach(log::judged);

    List<String> planned = verdicts.stream().map(v -> v.check().id()).toList();
    assertEquals(planned, told.checks);
    RunReport report = log.finish(Samples.START);
    assertEquals(planned, report.results().stream().map(CheckResult::check).toList());
    assertEquals(List.of(), log.problems());
  }

  @Test
  void plannedChecksNeverVanish() {
    List<Verdict> verdicts =
        List.of(Samples.passed("a.one", target), Samples.passed("a.two", target));
    RunLog log = RunLog.start(Samples.plan(false, verdicts), REDACTOR, List.of());
    log.judged(verdicts.get(1));

    RunReport report = log.finish(Samples.START.plusSeconds(1));

    CheckResult missing = report.results().get(0);
    assertEquals("a.one", missing.check());
    assertEquals(Outcome.COULD_NOT_RUN, missing.outcome());
    assertEquals(Optional.of(Reason.MESHCHECK_ERROR), missing.reason());
    assertEquals("Meshcheck planned this check but never judged it.", missing.message());
    assertEquals(Optional.of(5), report.run().exitCode());
    assertTrue(report.run().complete());
  }

  @Test
  void verdictsThatNobodyPlannedAreTold() {
    RunLog log = RunLog.start(Samples.plan(false, List.of()), REDACTOR, List.of());
    log.judged(Samples.failed("a.one", target, Reason.WRONG_VALUE));

    assertEquals(1, log.finish(Samples.START).summary().failed());
  }

  @Test
  void theWorseOfTwoVerdictsCounts() {
    Verdict good = Samples.passed("a.one", target);
    Verdict bad = Samples.failed("a.one", target, Reason.WRONG_VALUE);
    for (List<Verdict> order : List.of(List.of(good, bad), List.of(bad, good))) {
      RunLog log = RunLog.start(Samples.plan(false, List.of(good)), REDACTOR, List.of());
      order.forEach(log::judged);
      RunReport report = log.finish(Samples.START);

      assertEquals(1, report.summary().failed());
      assertEquals(1, report.results().size());
      assertEquals(
          List.of("a.one was judged twice on on-demand; the worse counts."), report.run().notes());
    }
  }

  @Test
  void sharedExchangesAppearAndCountOnce() {
    String body =
        "{\"usage\": {\"prompt_tokens\": 3, \"completion_tokens\": 4, \"total_tokens\": 7}}";
    Exchange e2 = Samples.exchange("e2", target, Samples.chat(target), Samples.json(200, body));
    Exchange e10 =
        Samples.exchange(
            "e10",
            target,
            Samples.chat(target),
            Samples.stream(
                "{\"choices\": [{\"delta\": {\"role\": \"assistant\", \"content\": \"\"}}]}",
                "{\"choices\": [{\"delta\": {\"content\": \"Hi\"}}], \"usage\": {\"total_tokens\": 4}}",
                "{\"choices\": [], \"usage\": {\"total_tokens\": 5}}",
                "[DONE]"));
    Exchange e11 =
        Samples.exchange(
            "e11",
            target,
            Samples.chat(target),
            Samples.json(200, "{\"usage\": {\"input_tokens\": 1, \"output_tokens\": 2}}"));
    Exchange e12 = Samples.exchange("e12", target, Samples.chat(target), Samples.json(400, body));

    RunReport report =
        Samples.run(
            false,
            List.of(
                Samples.passed("a.one", target, e10, e2),
                Samples.passed("a.two", target, e2, e11, e12)));

    assertEquals(List.of("e2", "e10", "e11", "e12"), List.copyOf(report.exchanges().keySet()));
    assertEquals(4, report.targets().get(0).requests());
    assertEquals(7 + 5 + 3, report.targets().get(0).tokens());
    assertEquals(Optional.of(20.0), report.exchanges().get("e10").firstTokenMs());
    assertEquals(Optional.of(20.0), report.targets().get(0).firstTokenMs());
    assertEquals(4, report.exchanges().get("e10").frames().size());
  }

  @Test
  void namesTheServerVersion() {
    Exchange version =
        Samples.exchange(
            "e1",
            target,
            Samples.get(target, "/version"),
            Samples.json(200, "{\"version\": \"0.11.2\"}"));

    RunReport report = Samples.run(false, List.of(Samples.passed("a.one", target, version)));

    assertEquals(Optional.of("0.11.2"), report.targets().get(0).serverVersion());
  }

  @Test
  void aSnapshotIsPartial() {
    List<Verdict> verdicts =
        List.of(Samples.passed("a.one", target), Samples.passed("a.two", target));
    RunLog log = RunLog.start(Samples.plan(false, verdicts), REDACTOR, List.of());
    log.judged(verdicts.get(1));

    RunReport partial = log.snapshot();

    assertFalse(partial.run().complete());
    assertEquals(Optional.empty(), partial.run().exitCode());
    assertEquals(Optional.empty(), partial.run().finishedAt());
    assertEquals(1, partial.summary().total());
  }

  @Test
  void aBrokenObserverCostsNobodyElseTheReport() {
    Told told = new Told();
    RunObserver broken =
        new RunObserver() {
          @Override
          public void told(CheckResult result) {
            throw new IllegalStateException("disk full for " + Samples.KEY);
          }
        };
    Verdict verdict = Samples.passed("a.one", target);
    RunLog log =
        RunLog.start(Samples.plan(false, List.of(verdict)), REDACTOR, List.of(broken, told));
    log.judged(verdict);

    assertEquals(List.of("a.one"), told.checks);
    assertEquals(1, log.problems().size());
    assertTrue(log.problems().get(0).contains("disk full for ‹redacted›"));
  }

  @Test
  void namesOfTargetsAndPairsAreUnique() {
    RunPlan plan = Samples.plan(false, List.of(Samples.passed("a.one", target)));
    Exception twice =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new RunPlan(
                    plan.id(),
                    plan.startedAt(),
                    plan.selection(),
                    1,
                    false,
                    plan.catalogue(),
                    List.of(),
                    List.of(plan.targets().get(0), plan.targets().get(0)),
                    List.of()));
    assertEquals("two targets share the name on-demand; names are unique", twice.getMessage());

    Verdict verdict = Samples.passed("a.one", target);
    Exception pair =
        assertThrows(
            IllegalArgumentException.class, () -> Samples.plan(false, List.of(verdict, verdict)));
    assertEquals("a.one is planned twice on on-demand", pair.getMessage());
  }

  @Test
  void runIdsSortByTime() {
    assertTrue(RunId.at(Samples.START).matches("20261123T201500Z-[0-9a-f]{4}"));
  }

  @Test
  void theEndIsTheEnd() {
    Verdict verdict = Samples.passed("a.one", target);
    RunLog log = RunLog.start(Samples.plan(false, List.of(verdict)), REDACTOR, List.of());
    RunReport report = log.finish(Samples.START.plusSeconds(1));

    assertSame(report, log.finish(Samples.START.plusSeconds(2)));
    log.judged(verdict);
    log.judged(verdict);
    assertEquals(List.of("a verdict on a.one came after the end of the run"), log.problems());
    assertEquals(1, report.summary().couldNotRun());
  }

  @Test
  void whatComesAfterAnInterruptionIsNoProblem() {
    Verdict verdict = Samples.passed("a.one", target);
    RunLog log = RunLog.start(Samples.plan(false, List.of(verdict)), REDACTOR, List.of());
    RunReport report = log.cutShort(Samples.START.plusSeconds(1));

    log.judged(verdict);

    assertEquals(List.of(), log.problems());
    assertSame(report, log.finish(Samples.START.plusSeconds(2)));
  }

  @Test
  void whatNobodyJudgedIsToldAtTheEnd() {
    List<Verdict> verdicts =
        List.of(Samples.passed("a.one", target), Samples.passed("a.two", target));
    Told told = new Told();
    RunLog log = RunLog.start(Samples.plan(false, verdicts), REDACTOR, List.of(told));
    log.judged(verdicts.get(1));
    log.finish(Samples.START);

    assertEquals(List.of("a.one", "a.two"), told.checks);
  }

  @Test
  void remarksAreToldWithoutSecrets() {
    List<String> notes = new ArrayList<>();
    RunObserver observer =
        new RunObserver() {
          @Override
          public void noted(String note) {
            notes.add(note);
          }
        };
    RunLog log = RunLog.start(Samples.plan(false, List.of()), REDACTOR, List.of(observer));
    log.note("the key " + Samples.KEY + " is odd");

    assertEquals(List.of("the key ‹redacted› is odd"), notes);
    assertEquals(notes, log.finish(Samples.START).run().notes());
  }
}
