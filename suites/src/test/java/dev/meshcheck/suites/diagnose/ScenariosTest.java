package dev.meshcheck.suites.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.reports.cause.Cause;
import dev.meshcheck.reports.cause.Causes;
import dev.meshcheck.reports.cause.DiagnosisReport;
import dev.meshcheck.reports.cause.DiagnosisReport.CauseLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Every cause: a scenario in which it ranks first, and one in which it must not appear. */
@Tag("long")
class ScenariosTest {

  /** Two streams that are long enough to tell how they come, and a token here and there. */
  private static final int MOST_TOKENS = 250;

  /** Whose next steps are typed here; {@link NextStepsTest} types those of all. */
  private static final Set<String> TYPED =
      Set.of("base-url-has-doubled-v1", "hosts-swapped", "key-invalid", "model-not-served");

  /** What was found in the scenario of each cause, in order. */
  private final TreeMap<String, List<String>> ranked = new TreeMap<>();

  static List<Scenario> scenarios() {
    return Stream.of(
            SettingsScenes.all(),
            NetworkScenes.all(),
            HostScenes.all(),
            WayScenes.all(),
            List.of(WayScenes.clientCertificate()),
            RoutingScenes.all(),
            RefusalScenes.all(),
            ServiceScenes.all(),
            StrangerScenes.all(),
            StreamScenes.all())
        .flatMap(List::stream)
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> everyCause() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Scenario scenario : scenarios()) {
      tests.add(DynamicTest.dynamicTest(scenario.cause(), () -> ranksFirst(scenario)));
      tests.add(DynamicTest.dynamicTest("not " + scenario.cause(), () -> staysAway(scenario)));
    }
    tests.add(DynamicTest.dynamicTest("no cause without a scenario", ScenariosTest::isComplete));
    tests.add(
        DynamicTest.dynamicTest(
            "docs/reliability.md holds the matrix", () -> Matrix.mustBeCurrent(ranked)));
    return tests.stream();
  }

  /**
   * On a busy machine nothing is said of the pace of streams: what is missing is looked for twice.
   */
  private static DiagnosisReport shown(Scenario scenario, Stage stage) throws Exception {
    DiagnosisReport report = scenario.shows().on(stage);
    return causes(report).contains(scenario.cause()) ? report : scenario.shows().on(stage);
  }

  private static List<String> causes(DiagnosisReport report) {
    return report.causes().stream().map(CauseLine::cause).toList();
  }

  private void ranksFirst(Scenario scenario) throws Exception {
    try (Stage stage = new Stage()) {
      DiagnosisReport report = shown(scenario, stage);
      List<String> found = causes(report);
      ranked.put(scenario.cause(), found);
      assertEquals(scenario.cause(), found.isEmpty() ? "nothing" : found.get(0), report::json);
      CauseLine first = report.causes().get(0);
      assertTrue(has(first.evidence(), scenario.evidence()), first.evidence()::toString);
      assertTrue(has(first.next(), scenario.next()), first.next()::toString);
      assertFalse(
          has(first.next(), "{base}") || has(first.next(), "{model}"), first.next()::toString);
      assertTrue(report.requests() <= Budget.MOST_REQUESTS, report::json);
      assertTrue(report.tokens() <= MOST_TOKENS, report::json);
      Contradictions.noneIn(report);
      if (TYPED.contains(scenario.cause())) {
        NextStepsAct.allOf(stage, report);
      }
    }
  }

  private static void staysAway(Scenario scenario) throws Exception {
    try (Stage stage = new Stage()) {
      DiagnosisReport report = scenario.nearMiss().on(stage);
      assertTrue(
          report.causes().stream().noneMatch(c -> c.cause().equals(scenario.cause())),
          report::json);
    }
  }

  private static boolean has(List<String> lines, String part) {
    return lines.stream().anyMatch(line -> line.contains(part));
  }

  private static void isComplete() {
    Set<String> shown =
        scenarios().stream().map(Scenario::cause).collect(Collectors.toCollection(TreeSet::new));
    Set<String> known =
        Causes.all().stream().map(Cause::slug).collect(Collectors.toCollection(TreeSet::new));
    assertEquals(known, shown);
    assertEquals(
        scenarios().size(),
        scenarios().stream()
            .collect(Collectors.toMap(Scenario::cause, Function.identity()))
            .size());
  }
}
