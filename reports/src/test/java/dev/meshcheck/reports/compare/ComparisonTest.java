package dev.meshcheck.reports.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.model.ChangeReport;
import dev.meshcheck.reports.model.ReportJson;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.outcome.Verdict;
import dev.meshcheck.reports.render.JunitXml;
import dev.meshcheck.reports.render.Story;
import dev.meshcheck.reports.run.Expectations;
import dev.meshcheck.reports.run.RunLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

  @TempDir Path directory;

  private final Target target = Samples.target("serverless");

  @Test
  void tenFaultsThenEightOfThemAndTwoOthers() {
    ChangeReport change =
        Comparison.of(
            Samples.run(false, verdicts(0, 10)), Samples.run(false, verdicts(2, 12)), false);

    assertEquals("2 new, 2 fixed, 8 still failing", change.headline());
    assertEquals("[a.n10 [serverless], a.n11 [serverless]]", change.newlyFailing().toString());
    assertEquals("[a.n0 [serverless], a.n1 [serverless]]", change.fixed().toString());
    assertEquals(List.of(), change.added());
    assertEquals(List.of(), change.removed());
  }

  @Test
  void whatCouldNotRunIsNotFixed() {
    List<Verdict> now = new ArrayList<>(verdicts(1, 10));
    now.set(
        0,
        Samples.verdict("a.n0", target, Outcome.COULD_NOT_RUN, Optional.of(Reason.RATE_LIMITED)));
    ChangeReport change =
        Comparison.of(Samples.run(false, verdicts(0, 10)), Samples.run(false, now), false);

    assertEquals("0 new, 0 fixed, 9 still failing", change.headline());
    assertEquals("[a.n0 [serverless]]", change.newlyCouldNotRun().toString());
  }

  @Test
  void checksThatCameAndWentAreTold() {
    ChangeReport change =
        Comparison.of(
            Samples.run(false, verdicts(0, 2).subList(0, 5)),
            Samples.run(false, verdicts(4, 5).subList(1, 8)),
            false);

    assertEquals("1 new, 1 fixed, 0 still failing", change.headline());
    assertEquals(3, change.added().size());
    assertEquals("[a.n0 [serverless]]", change.removed().toString());
  }

  @Test
  void aWarningIsNotNewBecauseTheNewerRunIsStrict() {
    List<Verdict> warned =
        List.of(Samples.verdict("a.one", target, Outcome.WARNED, Optional.of(Reason.WRONG_VALUE)));

    ChangeReport change =
        Comparison.of(Samples.run(false, warned), Samples.run(true, warned), false);

    assertEquals("0 new, 0 fixed, 1 still failing", change.headline());
  }

  @Test
  void withFailOnNewOnlyNewFailuresFailTheRun() {
    RunReport before = Samples.run(false, verdicts(0, 10));

    RunReport same = run(before, verdicts(0, 9));
    RunReport worse = run(before, verdicts(0, 11));

    assertEquals(Optional.of(0), same.run().exitCode());
    assertEquals("exit 0: nothing new is broken; 9 still failing", new Story(same).ending());
    assertTrue(JunitXml.render(same).contains("failures=\"0\""));
    assertEquals(Optional.of(1), worse.run().exitCode());
    assertEquals(1, new Story(worse).failures().size());
  }

  @Test
  void aRunIsFoundByFileDirectoryIdAndLatest() throws IOException {
    RunReport report = Samples.run(false, verdicts(0, 1));
    Path run = Files.createDirectories(directory.resolve("reports/runs/" + report.run().id()));
    Path file = Files.writeString(run.resolve("report.json"), ReportJson.write(report));
    Path reports = directory.resolve("reports");
    Files.writeString(reports.resolve("latest"), "runs/" + report.run().id() + "\n");

    for (String word :
        List.of(
            file.toString(),
            run.toString(),
            report.run().id(),
            "latest",
            "reports/runs/" + report.run().id())) {
      assertEquals(report, RunFiles.read(word, directory, Optional.of(reports)), word);
    }
  }

  private RunReport run(RunReport before, List<Verdict> verdicts) {
    RunLog log =
        RunLog.start(
            Samples.plan(false, verdicts),
            new Redactor(List.of()),
            List.of(),
            new Expectations(
                Optional.empty(), Optional.of(before), true, List.of(), Optional.empty()));
    verdicts.forEach(log::judged);
    return log.finish(Samples.START);
  }

  /** Twenty checks, of which those from one number to before the other fail. */
  private List<Verdict> verdicts(int from, int to) {
    Set<Integer> broken = IntStream.range(from, to).boxed().collect(Collectors.toSet());
    return IntStream.range(0, 20)
        .mapToObj(
            i ->
                broken.contains(i)
                    ? Samples.failed("a.n" + i, target, Reason.WRONG_VALUE)
                    : Samples.passed("a.n" + i, target))
        .toList();
  }
}
