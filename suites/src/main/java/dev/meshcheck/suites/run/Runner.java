package dev.meshcheck.suites.run;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.outcome.Verdict;
import dev.meshcheck.reports.run.PlannedCheck;
import dev.meshcheck.reports.run.RunLog;
import dev.meshcheck.suites.check.Catalogue.Entry;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.check.RunContext;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Lets JUnit run the suites. Both doors, the command line and Maven, come through here. */
public final class Runner {

  /**
   * Checks wait for exchanges that they share, so that more of them must run than requests may be
   * in flight; the exchanger alone bounds those. The pool would grow beyond it without an own
   * bound.
   */
  private static final Map<String, String> MANY_AT_ONCE =
      Map.of(
          "junit.jupiter.execution.parallel.enabled", "true",
          "junit.jupiter.execution.parallel.mode.default", "concurrent",
          "junit.jupiter.execution.parallel.mode.classes.default", "concurrent",
          "junit.jupiter.execution.parallel.config.strategy", "fixed",
          "junit.jupiter.execution.parallel.config.fixed.parallelism", "48",
          "junit.jupiter.execution.parallel.config.fixed.max-pool-size", "48");

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
   * @param jupiter how JUnit runs the checks
   * @param sink takes each verdict, from any thread
   * @param breakages takes a line on each suite that could not even start
   */
  public static void run(
      List<Entry> entries,
      List<Target> targets,
      List<RunContext.Planned> plan,
      Exchanger exchanger,
      Map<String, String> jupiter,
      Consumer<Verdict> sink,
      Consumer<String> breakages) {
    Consumer<Verdict> verdicts = new KeepAlive(plan, exchanger).andThen(sink);
    // Who pays for everything is told how often a model obeys, too.
    boolean tellsRates = entries.stream().anyMatch(entry -> entry.check().pack() == Pack.FULL);
    try (RunContext context = new RunContext(exchanger, targets, plan, tellsRates, verdicts)) {
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request()
              .selectors(suites(entries))
              .filters(EngineFilter.includeEngines("junit-jupiter"))
              .configurationParameter(RunContext.PARAMETER, context.name())
              .configurationParameters(jupiter)
              .build();
      launcher().execute(request, new Breakages(breakages));
    }
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

  /** What JUnit looks at: looking at all methods of all suites costs more than a small pack. */
  private static List<DiscoverySelector> suites(List<Entry> entries) {
    Map<Class<?>, Set<String>> wanted = new LinkedHashMap<>();
    // What others gain by goes first.
    entries.stream()
        .sorted(Comparator.comparing(entry -> !entry.suite().equals(KeepAlive.PROOF)))
        .forEach(
            entry ->
                wanted
                    .computeIfAbsent(entry.suite(), suite -> new HashSet<>())
                    .add(entry.info().id()));
    return wanted.entrySet().stream().flatMap(one -> of(one.getKey(), one.getValue())).toList();
  }

  private static Stream<DiscoverySelector> of(Class<?> suite, Set<String> ids) {
    List<Method> checks =
        Arrays.stream(suite.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Check.class))
            .toList();
    return checks.size() == ids.size()
        ? Stream.of(selectClass(suite))
        : checks.stream()
            .filter(method -> ids.contains(method.getAnnotation(Check.class).id()))
            .map(method -> selectMethod(suite, method));
  }

  private static Launcher launcher() {
    // Nothing on the class path may listen in: secrets are not redacted yet at this place.
    return LauncherFactory.create(
        LauncherConfig.builder()
            .enableTestExecutionListenerAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .enablePostDiscoveryFilterAutoRegistration(false)
            .build());
  }

  /** Whole suites that could not even start; their checks end as never judged. */
  private record Breakages(Consumer<String> told) implements TestExecutionListener {

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
      if (identifier.isContainer() && result.getStatus() == Status.FAILED) {
        String why = result.getThrowable().map(Throwable::toString).orElse("for no reason given");
        told.accept(identifier.getDisplayName() + " could not start: " + why);
      }
    }
  }
}
