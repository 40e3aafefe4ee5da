package dev.meshcheck.reports.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.fixtures.settings.Readers;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.model.ReportJson;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {

  private static final Target ONE = Samples.target("on-demand");
  private static final Target OTHER = Samples.target("serverless");

  @TempDir private Path reports;

  @BeforeEach
  void sevenRuns() throws IOException {
    run(1, ONE, true);
    run(2, ONE, false);
    run(3, ONE, true);
    run(4, ONE, false);
    run(5, ONE, false);
    run(6, ONE, false);
    run(7, OTHER, false);
  }

  private static String id(int day) {
    return "2026110%dT000000Z-3f2a".formatted(day);
  }

  private static RunReport report(int day, Target target, boolean good) {
    RunReport run =
        Samples.run(
            false,
            List.of(
                good
                    ? Samples.passed("chat.answers", target)
                    : Samples.failed("chat.answers", target, Reason.WRONG_VALUE)));
    String json = ReportJson.write(run).replace(run.run().id(), id(day));
    try {
      return ReportJson.read(json);
    } catch (IOException e) {
      throw new AssertionError("no report", e);
    }
  }

  private void run(int day, Target target, boolean good) throws IOException {
    Path directory = Files.createDirectories(reports.resolve("runs").resolve(id(day)));
    Files.writeString(
        directory.resolve("report.json"), ReportJson.write(report(day, target, good)));
    Files.createDirectories(directory.resolve("allure-results"));
    Files.writeString(directory.resolve("allure-results/x-result.json"), "{}");
  }

  private Set<String> left() throws IOException {
    try (Stream<Path> runs = Files.list(reports.resolve("runs"))) {
      return runs.map(r -> r.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void theNewestOfEachEnvironmentAndTheNewestThatPassedStay() throws IOException {
    assertEquals(List.of(id(4), id(2), id(1)), new Retention(reports).keep(2, Set.of()));
    assertEquals(Set.of(id(3), id(5), id(6), id(7)), left());
    assertEquals(List.of(), new Retention(reports).keep(2, Set.of()));
  }

  @Test
  void whatABaselineNeedsStays() throws IOException {
    new Baselines(reports, Readers.OWNER).accept(report(1, ONE, true));
    Files.createSymbolicLink(reports.resolve("latest"), Path.of("runs", id(2)));

    new Retention(reports).keep(1, Set.of(id(4)));

    assertEquals(Set.of(id(1), id(2), id(3), id(4), id(6), id(7)), left());
  }

  @Test
  void whatHasNotEndedOrIsNoRunStays() throws IOException {
    Files.createDirectories(reports.resolve("runs/notes"));
    Path going = Files.createDirectories(reports.resolve("runs").resolve(id(0)));
    Path outside = Files.createDirectories(reports.resolve("outside"));
    Files.writeString(outside.resolve("kept.txt"), "kept");
    Files.createSymbolicLink(reports.resolve("runs").resolve("20261101T000001Z-0000"), outside);
    Files.createSymbolicLink(reports.resolve("runs").resolve(id(1)).resolve("link"), outside);

    new Retention(reports).keep(1, Set.of());

    assertEquals(Set.of("20261101T000001Z-0000", "notes", id(0), id(3), id(6), id(7)), left());
    assertEquals(true, Files.exists(going) && Files.exists(outside.resolve("kept.txt")));
  }
}
