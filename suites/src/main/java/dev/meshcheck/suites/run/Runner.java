package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.outcome.Verdict;
import dev.meshcheck.reports.run.PlannedCheck;
import dev.meshcheck.reports.run.RunLog;
import dev.meshcheck.suites.check.Catalogue.Entry;
import dev.meshcheck.suites.check.CheckEngine;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.RunContext;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Lets JUnit run the suites. Both doors, the command line and Maven, come through here. */
public final class Runner {

  /**
   * Checks wait for exchanges that they share, so that more of them must run than requests may be
   * in flight; the exchanger alone bounds those.
   */
  private static final int MANY_AT_ONCE = 48;

  private Runner() {}

  /** What {@code ./run.sh} does. */
  static void run(
      List<Entry> entries,
      List<Target> targets,
      List<PlannedCheck> plan,
      Exchanger exchanger,
      RunLog log) {
    List<RunContext.Planned> planned =
        plan.stream().map(p -> new RunContext.Planned(p.check().id(), p.target())).toList();
    run(entries, targets, planned, exchanger, MANY_AT_ONCE, log::judged, log::note);
  }

  /** Judges the engine behind the targets, apart from them: no credential of theirs is near. */
  static void behind(
      List<Entry> entries,
      Target engine,
      List<PlannedCheck> plan,
      Exchanger exchanger,
      RunLog log) {
    List<RunContext.Planned> planned =
        plan.stream().map(p -> new RunContext.Planned(p.check().id(), engine)).toList();
    run(entries, List.of(engine), planned, exchanger, MANY_AT_ONCE, log::judgedBehind, log::note);
  }

  /**
   * Judges what is planned; returns when the last check has ended.
   *
   * @param atOnce checks that run at the same time, 1 or more
   * @param sink takes each verdict, from any thread
   * @param breakages takes a line on each check whose verdict could not be taken
   */
  public static void run(
      List<Entry> entries,
      List<Target> targets,
      List<RunContext.Planned> plan,
      Exchanger exchanger,
      int atOnce,
      Consumer<Verdict> sink,
      Consumer<String> breakages) {
    Consumer<Verdict> verdicts = new KeepAlive(plan, exchanger).andThen(sink);
    // Who pays for everything is told how often a model obeys, too.
    boolean tellsRates = entries.stream().anyMatch(entry -> entry.check().pack() == Pack.FULL);
    RunContext context = new RunContext(exchanger, targets, plan, tellsRates, verdicts);
    // What others gain by goes first.
    List<Entry> ordered =
        entries.stream()
            .sorted(Comparator.comparing(entry -> !entry.suite().equals(KeepAlive.PROOF)))
            .toList();
    launcher(new CheckEngine(context, ordered, atOnce))
        .execute(LauncherDiscoveryRequestBuilder.request().build(), new Breakages(breakages));
  }

  /**
   * Runs a failure once more, alone, and tells the log how it ended.
   *
   * @param fresh has sent nothing yet, so that nothing of the first run is reused
   */
  static void again(
      List<Entry> entries, List<Target> targets, PlannedCheck failed, Exchanger fresh, RunLog log) {
    List<Entry> mine =
        entries.stream().filter(e -> e.info().id().equals(failed.check().id())).toList();
    List<RunContext.Planned> alone =
        List.of(new RunContext.Planned(failed.check().id(), failed.target()));
    Consumer<Verdict> sink = verdict -> log.judgedAgain(failed, verdict);
    run(mine, targets, alone, fresh, MANY_AT_ONCE, sink, log::note);
  }

  private static Launcher launcher(CheckEngine engine) {
    // Nothing on the class path may listen in: secrets are not redacted yet at this place.
    return LauncherFactory.create(
        LauncherConfig.builder()
            .addTestEngines(engine)
            .enableTestEngineAutoRegistration(false)
            .enableTestExecutionListenerAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .enablePostDiscoveryFilterAutoRegistration(false)
            .build());
  }

  /** What no verdict tells: a check whose verdict could not be taken, or the whole engine. */
  private record Breakages(Consumer<String> told) implements TestExecutionListener {

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
      if (result.getStatus() == Status.FAILED) {
        String why = result.getThrowable().map(Throwable::toString).orElse("for no reason given");
        told.accept(identifier.getDisplayName() + " broke: " + why);
      }
    }
  }
}
