package dev.meshcheck.reports.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.fixtures.settings.Readers;
import dev.meshcheck.reports.outcome.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightRetentionTest {

  @TempDir private Path reports;

  private static String id(int day) {
    return "2026110%dT030000Z-3f2a".formatted(day);
  }

  private NightLog begun(int day) throws IOException {
    Night night =
        new Night(
            id(day),
            Nights.FIRST,
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            List.of());
    return NightLog.open(reports, night, List.of(Nights.environment("one")), Readers.OWNER);
  }

  private void night(int day) throws IOException {
    var unused =
        begun(day).finish(Instant.parse("2026-11-20T03:10:00Z"), true, ExitCode.INCOMPLETE);
  }

  private Set<String> left() throws IOException {
    try (Stream<Path> nights = Files.list(reports.resolve("nights"))) {
      return nights.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  @Test
  void theNewestStayAndWhatHasNotEndedAndWhatIsNoNight() throws IOException {
    for (int day = 2; day <= 5; day++) {
      night(day);
    }
    NightLog open = begun(1);
    Files.createDirectories(reports.resolve("nights/notes"));

    new NightRetention(reports).keep(2);

    assertEquals(Set.of(id(1), id(4), id(5), "notes"), left());
    assertEquals(reports.resolve("nights").resolve(id(1)), open.directory());
    assertEquals(
        4,
        Files.readAllLines(reports.resolve("environments/one/nights.jsonl")).size(),
        "the past is kept");
  }

  @Test
  void whereNoNightWasNothingIsRemoved() throws IOException {
    new NightRetention(reports).keep(1);
    assertEquals(false, Files.exists(reports.resolve("nights")));
  }
}
