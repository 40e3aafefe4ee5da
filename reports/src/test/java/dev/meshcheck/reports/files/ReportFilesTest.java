package dev.meshcheck.reports.files;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.settings.Readers;
import dev.meshcheck.fixtures.settings.ReportFormat;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.allure.AllureResults;
import dev.meshcheck.reports.model.ReportJson;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.outcome.Verdict;
import dev.meshcheck.reports.run.RunLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {

  @TempDir Path reports;

  private final Target target = Samples.target("serverless");
  private final List<Verdict> verdicts =
      List.of(Samples.passed("a.one", target), Samples.failed("a.two", target, Reason.WRONG_VALUE));

  @Test
  void aRunLeavesItsFilesAndNothingElse() throws IOException {
    Samples.run(false, verdicts, open("run-1"));

    assertEquals(
        List.of(
            "allure-results",
            "badge.json",
            "badge.svg",
            "exchanges.har",
            "junit.xml",
            "metrics.prom",
            "report.html",
            "report.json",
            "summary.md"),
        names(reports.resolve("runs/run-1")));
    assertEquals(List.of("history.jsonl", "latest", "runs"), names(reports));
    assertTrue(read("latest").run().complete());
  }

  @Test
  void aKilledRunLeavesAValidPartialReport() throws IOException {
    RunLog log = start(open("run-1"));

    assertFalse(read("runs/run-1").run().complete());
    assertEquals(0, read("latest").summary().total());
    log.judged(verdicts.get(0));
    await()
        .dontCatchUncaughtExceptions()
        .atMost(Duration.ofSeconds(10))
        .until(() -> read("latest").summary().passed() == 1);
    assertFalse(read("latest").run().complete());
    assertEquals(List.of("allure-results", "report.json"), names(reports.resolve("runs/run-1")));
  }

  @Test
  void latestPointsAtTheNewestRun() throws IOException {
    Samples.run(false, verdicts, open("run-1"));
    Samples.run(false, verdicts, open("run-2"));

    assertEquals(Path.of("runs/run-2"), Files.readSymbolicLink(reports.resolve("latest")));
    assertEquals(List.of("history.jsonl", "latest", "runs"), names(reports));
  }

  @Test
  void latestTakesThePlaceOfAFile() throws IOException {
    Files.writeString(reports.resolve("latest"), "runs/run-0\n");

    Samples.run(false, verdicts, open("run-1"));

    assertEquals(Path.of("runs/run-1"), Files.readSymbolicLink(reports.resolve("latest")));
  }

  /** A directory is somebody's: it stays, and the run says why 'latest' does not find it. */
  @Test
  void aDirectoryInThePlaceOfLatestIsToldAndStays() throws IOException {
    Path kept = Files.createDirectories(reports.resolve("latest")).resolve("kept.txt");
    Files.writeString(kept, "mine");
    RunLog log =
        RunLog.start(
            Samples.plan(false, verdicts), new Redactor(List.of()), List.of(open("run-1")));
    verdicts.forEach(log::judged);

    log.finish(Samples.START.plusSeconds(3));

    assertEquals(
        List.of(
            reports.resolve("latest")
                + " is a directory and no link, so 'latest' does not find this run; move it away,"
                + " or name the run: run-1"),
        log.problems());
    assertEquals("mine", Files.readString(kept));
  }

  @Test
  void theSummaryIsAppendedToTheStepSummary() throws IOException {
    Path step = reports.resolve("step.md");
    Files.writeString(step, "before\n");

    Samples.run(
        false,
        verdicts,
        ReportFiles.open(
            reports,
            "run-1",
            Map.of("GITHUB_STEP_SUMMARY", step.toString()),
            Readers.OWNER,
            EnumSet.allOf(ReportFormat.class)));

    assertEquals(
        "before\n" + Files.readString(reports.resolve("runs/run-1/summary.md")) + "\n",
        Files.readString(step));
  }

  @Test
  void aDirectoryThatCannotBeMadeIsSaidBeforeTheRun() throws IOException {
    Path file = Files.writeString(reports.resolve("file"), "");

    assertThrows(
        IOException.class,
        () ->
            ReportFiles.open(
                file, "run-1", Map.of(), Readers.OWNER, EnumSet.allOf(ReportFormat.class)));
  }

  @Test
  void aFileThatCannotBeWrittenIsAProblemOfTheRunAndCostsNoOtherFile() throws IOException {
    ReportFiles files = open("run-1");
    RunLog log = start(files);
    Files.createDirectories(files.directory().resolve("junit.xml/in-the-way"));
    verdicts.forEach(log::judged);
    RunReport report = log.finish(Samples.START);

    assertEquals(1, report.summary().failed());
    assertEquals(1, log.problems().size());
    assertEquals(
        "the reports in %s are not whole, for junit.xml cannot be written (Is a directory); see to that, or name another directory with --reports DIR"
            .formatted(files.directory()),
        log.problems().get(0));
    assertTrue(read("latest").run().complete());
    assertTrue(Files.exists(files.directory().resolve("summary.md")));
  }

  @Test
  void aResultThatCannotBeWrittenLeavesNoHalf() throws IOException {
    ReportFiles files = open("run-1");
    RunLog log = start(files);
    Path results = files.directory().resolve("allure-results");
    Files.createDirectories(results.resolve("categories.json/in-the-way"));
    verdicts.forEach(log::judged);
    log.finish(Samples.START);

    assertEquals(
        List.of(
            "the reports in %s are not whole, for allure-results cannot be written (Is a directory); see to that, or name another directory with --reports DIR"
                .formatted(files.directory())),
        log.problems());
    assertFalse(Files.exists(files.directory().resolve(".allure-results.tmp")));
    assertTrue(read("latest").run().complete());
  }

  @Test
  void whatIsRemovedMeanwhileIsWrittenAnewAndToldOnce() throws IOException {
    ReportFiles files = open("run-1");
    RunLog log = start(files);
    verdicts.forEach(log::judged);
    await()
        .dontCatchUncaughtExceptions()
        .atMost(Duration.ofSeconds(10))
        .until(() -> read("latest").summary().total() == 2);
    delete(reports);
    RunReport report = log.finish(Samples.START);

    assertEquals(
        List.of(
            "somebody removed %s while the run went on; its reports are written anew"
                .formatted(files.directory())),
        log.problems());
    assertEquals(report.summary(), read("latest").summary());
    assertEquals(
        List.of(
            "allure-results",
            "badge.json",
            "badge.svg",
            "exchanges.har",
            "junit.xml",
            "metrics.prom",
            "report.html",
            "report.json",
            "summary.md"),
        names(reports.resolve("runs/run-1")));
    AllureResults allure = new AllureResults(report);
    Set<String> expected = new TreeSet<>(allure.files().keySet());
    allure.results().forEach(result -> expected.add(result.getUuid() + "-result.json"));
    assertEquals(expected, new TreeSet<>(names(files.directory().resolve("allure-results"))));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private ReportFiles open(String id) throws IOException {
    return ReportFiles.open(
        reports, id, Map.of(), Readers.OWNER, EnumSet.allOf(ReportFormat.class));
  }

  private RunLog start(ReportFiles files) {
    return RunLog.start(Samples.plan(false, verdicts), new Redactor(List.of()), List.of(files));
  }

  private RunReport read(String directory) throws IOException {
    return ReportJson.read(Files.readString(reports.resolve(directory).resolve("report.json")));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return List.copyOf(new TreeSet<>(files.map(f -> f.getFileName().toString()).toList()));
    }
  }
}
