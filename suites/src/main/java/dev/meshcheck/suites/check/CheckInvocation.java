package dev.meshcheck.suites.check;

import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.outcome.CheckInfo;
import dev.meshcheck.reports.outcome.Level;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.outcome.Verdict;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/** One check on one target: hands it its probe, and turns how it ended into a verdict. */
final class CheckInvocation
    implements TestTemplateInvocationContext, ParameterResolver, InvocationInterceptor {

  private final RunContext run;
  private final Check check;
  private final CheckInfo info;
  private final Target target;
  private final Probe probe;

  CheckInvocation(RunContext run, Check check, CheckInfo info, Target target) {
    this.run = run;
    this.check = check;
    this.info = info;
    this.target = target;
    this.probe = run.probe(target);
  }

  @Override
  public String getDisplayName(int number) {
    return info.id() + " [" + target.name() + "]";
  }

  @Override
  public List<Extension> getAdditionalExtensions() {
    return List.of(this);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Probe.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return probe;
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    run.turns().begin();
    try {
      judge(invocation);
    } finally {
      run.turns().end();
    }
  }

  private void judge(Invocation<Void> invocation) throws Throwable {
    long from = System.nanoTime();
    try {
      if (!check.first()) {
        Basis.require(probe, check.route());
        Keys.requireThatTheyCount(probe, check);
      }
      invocation.proceed();
      Outcome outcome = info.level() == Level.INFO ? Outcome.RECORDED : Outcome.PASSED;
      tell(from, outcome, Optional.empty(), probe.recorded().orElse(info.title()));
    } catch (Failure e) {
      tell(from, e);
      throw e;
    } catch (CouldNotRun e) {
      tell(from, Outcome.COULD_NOT_RUN, Optional.of(e.reason()), e.getMessage());
      throw e;
    } catch (Inapplicable e) {
      tell(from, Outcome.INAPPLICABLE, Optional.of(Reason.NOT_OFFERED), e.getMessage());
      throw e;
    } catch (Throwable e) {
      String said = "Meshcheck broke in this check: " + e;
      tell(from, Outcome.COULD_NOT_RUN, Optional.of(Reason.MESHCHECK_ERROR), said);
      throw e;
    }
  }

  private void tell(long from, Failure failure) {
    Outcome outcome =
        switch (info.level()) {
          case MUST -> Outcome.FAILED;
          case SHOULD -> Outcome.WARNED;
          case INFO -> Outcome.RECORDED;
        };
    run.judged(
        new Verdict(
            info.withLikelyCauses(
                LikelyCauses.at(target.surface(), LikelyCauses.of(check, failure))),
            target,
            outcome,
            Optional.of(failure.reason()),
            failure.getMessage(),
            Optional.of(failure.expected()),
            Optional.of(failure.actual()),
            probe.failedOn(),
            since(from)));
  }

  private void tell(long from, Outcome outcome, Optional<Reason> reason, String message) {
    run.judged(
        new Verdict(
            info,
            target,
            outcome,
            reason,
            message,
            Optional.empty(),
            Optional.empty(),
            probe.used(),
            since(from)));
  }

  private static Duration since(long from) {
    return Duration.ofNanos(System.nanoTime() - from);
  }
}
