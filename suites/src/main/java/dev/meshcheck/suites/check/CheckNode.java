package dev.meshcheck.suites.check;

import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.outcome.CheckInfo;
import dev.meshcheck.reports.outcome.Level;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.outcome.Verdict;
import java.time.Duration;
import java.util.Optional;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.hierarchical.Node;

/**
 * One check on one target: hands it its probe, and turns how it ended into a verdict. For JUnit,
 * which has no such verdicts, it always succeeds.
 */
final class CheckNode extends AbstractTestDescriptor implements Node<RunContext> {

  private final Catalogue.Entry entry;
  private final Check check;
  private final CheckInfo info;
  private final Target target;

  /** A node below that suite, which has one of that number. */
  CheckNode(UniqueId suite, Catalogue.Entry entry, Target target, int number) {
    super(
        suite.append("check", entry.info().id()).append("target", Integer.toString(number)),
        entry.info().id() + " [" + target.name() + "]");
    this.entry = entry;
    this.check = entry.check();
    this.info = entry.infoOn(target.surface());
    this.target = target;
  }

  @Override
  public Type getType() {
    return Type.TEST;
  }

  @Override
  public RunContext execute(RunContext run, DynamicTestExecutor none) {
    run.turns().begin();
    try {
      run.judged(judge(run.probe(target)));
    } finally {
      run.turns().end();
    }
    return run;
  }

  private Verdict judge(Probe probe) {
    long from = System.nanoTime();
    try {
      if (!check.first()) {
        Basis.require(probe, check.route());
        Keys.requireThatTheyCount(probe, check);
      }
      Object suite = ReflectionSupport.newInstance(entry.suite());
      var unused = ReflectionSupport.invokeMethod(entry.method(), suite, probe);
      Outcome outcome = info.level() == Level.INFO ? Outcome.RECORDED : Outcome.PASSED;
      return verdict(probe, from, outcome, Optional.empty(), probe.recorded().orElse(info.title()));
    } catch (Failure e) {
      return failed(probe, from, e);
    } catch (CouldNotRun e) {
      return verdict(probe, from, Outcome.COULD_NOT_RUN, Optional.of(e.reason()), e.getMessage());
    } catch (Inapplicable e) {
      return verdict(
          probe, from, Outcome.INAPPLICABLE, Optional.of(Reason.NOT_OFFERED), e.getMessage());
    } catch (Throwable e) {
      String said = "Meshcheck broke in this check: " + e;
      return verdict(probe, from, Outcome.COULD_NOT_RUN, Optional.of(Reason.MESHCHECK_ERROR), said);
    }
  }

  private Verdict failed(Probe probe, long from, Failure failure) {
    Outcome outcome =
        switch (info.level()) {
          case MUST -> Outcome.FAILED;
          case SHOULD -> Outcome.WARNED;
          case INFO -> Outcome.RECORDED;
        };
    return new Verdict(
        info.withLikelyCauses(LikelyCauses.at(target.surface(), LikelyCauses.of(check, failure))),
        target,
        outcome,
        Optional.of(failure.reason()),
        failure.getMessage(),
        Optional.of(failure.expected()),
        Optional.of(failure.actual()),
        probe.failedOn(),
        since(from));
  }

  private Verdict verdict(
      Probe probe, long from, Outcome outcome, Optional<Reason> reason, String message) {
    return new Verdict(
        info,
        target,
        outcome,
        reason,
        message,
        Optional.empty(),
        Optional.empty(),
        probe.used(),
        since(from));
  }

  private static Duration since(long from) {
    return Duration.ofNanos(System.nanoTime() - from);
  }
}
