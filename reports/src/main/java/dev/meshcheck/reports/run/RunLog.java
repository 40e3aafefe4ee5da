package dev.meshcheck.reports.run;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.outcome.Verdict;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Collects a run and tells its observers. Verdicts may come from any thread in any order; they are
 * told in the order of the plan. Whatever comes in is redacted at once: the log holds no secret.
 */
public final class RunLog {

  private final RunPlan plan;
  private final List<RunObserver> observers;
  private final RunRecord record;
  private final List<String> problems = new ArrayList<>();
  private int told;
  private Optional<RunReport> ended = Optional.empty();

  private RunLog(
      RunPlan plan, Redactor redactor, List<RunObserver> observers, Expectations expectations) {
    this.plan = plan;
    this.observers = List.copyOf(observers);
    this.record = new RunRecord(plan, redactor, expectations);
  }

  /**
   * Begins a run.
   *
   * @param redactor knows every secret of the run; it may learn more on the way
   * @param observers are told in this order; put files before the console, which names them
   */
  public static RunLog start(RunPlan plan, Redactor redactor, List<RunObserver> observers) {
    return start(plan, redactor, observers, Expectations.NONE);
  }

  /** Begins a run of which something is known before. */
  public static RunLog start(
      RunPlan plan, Redactor redactor, List<RunObserver> observers, Expectations expectations) {
    RunLog log = new RunLog(plan, redactor, observers, expectations);
    RunReport empty = log.snapshot();
    log.tell(observer -> observer.started(empty));
    return log;
  }

  /** A remark for the reader of every report. */
  public synchronized void note(String text) {
    String note = record.note(text);
    tell(observer -> observer.noted(note));
  }

  /** An exchange that no verdict may rest on, such as the one that chose the model. */
  public void exchanged(Exchange exchange) {
    record.add(exchange);
  }

  /** A verdict. The second one on the same check and target counts only where it is worse. */
  public void judged(Verdict verdict) {
    // Redacting bodies takes time, so it happens outside the lock.
    verdict.exchanges().forEach(record::add);
    CheckResult result = record.result(verdict);
    synchronized (this) {
      if (ended.filter(report -> !report.run().complete()).isPresent()) {
        // Checks that a run which was cut short did not wait for.
        return;
      }
      if (ended.isPresent()) {
        // Behind an interruption, verdicts on what is still in flight are to be expected.
        if (ended.get().run().complete()) {
          problem("a verdict on " + result.check() + " came after the end of the run");
        }
        return;
      }
      record.put(verdict, result);
      tellPrefix();
      Progress progress =
          new Progress(plan.checks().size(), result, record.summary(), this::snapshot);
      tell(observer -> observer.progressed(progress));
    }
  }

  /** A verdict on the engine behind the targets: told beside theirs, and counted nowhere. */
  public void judgedBehind(Verdict verdict) {
    verdict.exchanges().forEach(record::add);
    CheckResult result = record.result(verdict);
    synchronized (this) {
      if (ended.isEmpty()) {
        record.putBehind(result);
      }
    }
  }

  /** What failed so far and is neither a known failure nor a failure of the baseline. */
  public synchronized List<PlannedCheck> unexpectedFailures() {
    return plan.checks().stream().filter(record::failedUnexpectedly).toList();
  }

  /** What became of a failure when it was run once more, alone; the failure stays one. */
  public synchronized void judgedAgain(PlannedCheck planned, Verdict again) {
    record.rerun(planned, again);
  }

  /** A valid partial report of this moment. */
  public synchronized RunReport snapshot() {
    return record.soFar();
  }

  /**
   * Ends the run: planned checks that nobody judged could not run, through a fault of Meshcheck.
   * Ending it again changes nothing.
   *
   * @param at when the run ended
   */
  public synchronized RunReport finish(Instant at) {
    if (ended.isPresent()) {
      return ended.get();
    }
    for (PlannedCheck planned : plan.checks()) {
      if (record.find(planned).isEmpty()) {
        Verdict missing = neverJudged(planned);
        record.put(missing, record.result(missing));
      }
    }
    tellPrefix();
    RunReport report = record.finish(at);
    ended = Optional.of(report);
    tell(observer -> observer.finished(report));
    return report;
  }

  /**
   * Ends the run before its time: what was judged by now is told in a report that is not complete.
   * A run that has ended stays as it is.
   *
   * @param at when the run was interrupted
   */
  public synchronized RunReport cutShort(Instant at) {
    if (ended.isPresent()) {
      return ended.get();
    }
    note(
        "the run was interrupted after %d of %d checks"
            .formatted(record.summary().total(), plan.checks().size()));
    RunReport report = record.cutShort(at);
    ended = Optional.of(report);
    tell(observer -> observer.finished(report));
    return report;
  }

  /** What went wrong while telling, such as a file that could not be written; empty if nothing. */
  public synchronized List<String> problems() {
    return List.copyOf(problems);
  }

  private static Verdict neverJudged(PlannedCheck planned) {
    return new Verdict(
        planned.check(),
        planned.target(),
        Outcome.COULD_NOT_RUN,
        Optional.of(Reason.MESHCHECK_ERROR),
        "Meshcheck planned this check but never judged it.",
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Duration.ZERO);
  }

  private void tellPrefix() {
    while (told < plan.checks().size()) {
      Optional<CheckResult> next = record.find(plan.checks().get(told));
      if (next.isEmpty()) {
        return;
      }
      told++;
      tell(observer -> observer.told(next.get()));
    }
  }

  private synchronized void tell(Consumer<RunObserver> news) {
    for (RunObserver observer : observers) {
      try {
        news.accept(observer);
      } catch (UncheckedIOException e) {
        // It says by itself what could not be written.
        problem(e.getMessage());
      } catch (RuntimeException e) {
        // One broken report must not cost the run or the other reports.
        problem(observer.getClass().getSimpleName() + ": " + e.getMessage());
      }
    }
  }

  private void problem(String text) {
    String clean = record.clean(text);
    if (!problems.contains(clean)) {
      problems.add(clean);
    }
  }
}
