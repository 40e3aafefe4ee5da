package dev.meshcheck.suites;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.SettingsReader;
import dev.meshcheck.fixtures.settings.Sources;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.console.ConsoleStyle;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.render.Explanation;
import dev.meshcheck.reports.render.Story;
import dev.meshcheck.reports.render.Unjudged;
import dev.meshcheck.suites.run.Meshcheck;
import dev.meshcheck.suites.run.Verify;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Maven's door to the run that {@code ./run.sh} makes: with {@code -Dhost} against that host, else
 * against the embedded reference gateway. Each result is a test of its own, and the last test is
 * the exit code, so that the build fails unless the run would have ended with 0.
 */
class ConformanceIT {

  @TestFactory
  Stream<DynamicNode> conformance() {
    PrintWriter out =
        new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
    RunReport report;
    try {
      report = new Verify(settings(), System.getenv(), out, ConsoleStyle.PLAIN).run();
    } catch (UsageException e) {
      return Stream.of(
          dynamicTest("settings", () -> fail("settings", "meshcheck: " + e.getMessage())));
    } finally {
      out.flush();
    }
    RunReport done = report;
    Unjudged unjudged = new Unjudged(new Story(report));
    Stream<DynamicNode> routes =
        report.results().stream()
            .map(CheckResult::route)
            .distinct()
            .map(
                route ->
                    dynamicContainer(
                        route.toString(),
                        done.results().stream()
                            .filter(result -> result.route() == route)
                            .map(result -> test(done, unjudged, result))));
    return Stream.concat(routes, Stream.of(verdict(report)));
  }

  /** Without a host the run is about Meshcheck itself, whatever lies around for other tools. */
  private static Settings settings() {
    boolean named =
        Stream.of(Setting.HOST, Setting.CONTROL_PLANE)
            .anyMatch(
                setting ->
                    System.getProperty(setting.toString()) != null
                        || System.getenv("MESHCHECK_" + setting.name()) != null);
    Sources process = Sources.ofProcess(Map.of());
    return SettingsReader.read(
        named
            ? process
            : new Sources(
                process.flags(),
                process.properties(),
                Map.of(),
                process.userHome(),
                process.workDirectory(),
                process.projectHome()));
  }

  private static DynamicNode test(RunReport report, Unjudged unjudged, CheckResult result) {
    return dynamicTest(Story.name(result), () -> tell(report, unjudged, result));
  }

  private static void tell(RunReport report, Unjudged unjudged, CheckResult result) {
    Outcome outcome = result.outcome();
    Assumptions.assumeTrue(
        outcome != Outcome.COULD_NOT_RUN || unjudged.spokenFor(result).isPresent(),
        () -> unjudged.asSaidOf(result));
    boolean bad =
        outcome == Outcome.FAILED
            || outcome == Outcome.COULD_NOT_RUN
            || (outcome == Outcome.WARNED && report.run().strict());
    if (bad) {
      fail(
          Story.name(result),
          outcome + ": " + String.join("\n", Explanation.lines(report, List.of(result))));
    }
    Assumptions.assumeFalse(outcome == Outcome.INAPPLICABLE, result.message());
  }

  private static DynamicNode verdict(RunReport report) {
    ExitCode code = Meshcheck.exitCode(report);
    return dynamicTest(
        "exit code",
        () -> {
          if (code != ExitCode.PASSED) {
            fail("exit code", new Story(report).ending());
          }
        });
  }

  /**
   * Fails without a stack trace: where in Meshcheck it happened helps nobody. Maven's list of
   * failures takes its names from there, so that there stands what failed.
   */
  private static void fail(String name, String message) {
    AssertionError failure = new AssertionError(message);
    failure.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement(ConformanceIT.class.getName(), name, "ConformanceIT.java", 1)
        });
    throw failure;
  }
}
