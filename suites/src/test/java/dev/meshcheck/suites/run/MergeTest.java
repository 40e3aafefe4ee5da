package dev.meshcheck.suites.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.settings.Readers;
import dev.meshcheck.reports.fleet.Environment;
import dev.meshcheck.reports.fleet.Night;
import dev.meshcheck.reports.fleet.NightLog;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.suites.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands merge and compare over nights. */
class MergeTest {

  private static final Instant START = Instant.parse("2026-11-23T03:00:00Z");

  @TempDir Path directory;

  private final StringWriter said = new StringWriter();

  @Test
  void mergesTheNewestNightsOfReportsDirectories() throws IOException {
    Path one = night("one", "eu", Optional.of(new Night.Shard(1, 2)), ExitCode.UNREACHABLE);
    Path two = night("two", "us", Optional.of(new Night.Shard(2, 2)), ExitCode.INCOMPLETE);

    assertEquals(ExitCode.UNREACHABLE, run("merge", one.toString(), two.toString()));
    assertTrue(
        said.toString()
            .startsWith(
                "2 nights merged: 1 of 2 environments could not be reached, and 1 could not be judged (1 unreachable, 1 not judged)\n"
                    + "reports in "
                    + directory.resolve("reports/nights")),
        said::toString);
    assertTrue(
        said.toString().endsWith(" · exit 4: the host was not reached at all\n"), said::toString);
    assertTrue(Files.isRegularFile(directory.resolve("reports/latest-night/index.html")));
  }

  @Test
  void aMissingShardEndsWithThree() throws IOException {
    Path one = night("one", "eu", Optional.of(new Night.Shard(1, 2)), ExitCode.UNREACHABLE);

    assertEquals(ExitCode.INCOMPLETE, run("merge", one.toString()));
    assertTrue(said.toString().startsWith("missing: shard 2/2\n"), said::toString);
  }

  @Test
  void noNightIsAMistakeOfUsage() {
    assertEquals(ExitCode.USAGE, run("merge", directory.toString()));
    assertEquals(
        "meshcheck: there is no night at '"
            + directory
            + "'; name a directory with a fleet.json, or a reports directory with a latest-night\n",
        said.toString());
  }

  @Test
  void comparesNights() throws IOException {
    Path older = night("older", "eu", Optional.empty(), ExitCode.INCOMPLETE);
    Path newer = night("newer", "eu", Optional.empty(), ExitCode.UNREACHABLE);

    assertEquals(ExitCode.BROKEN_CONTRACT, run("compare", older.toString(), newer.toString()));
    assertEquals(
        """
        1 newly failing, 0 fixed, 0 still failing
        older → newer
          new: eu: UNREACHABLE, nothing to say
        """,
        said.toString());
    said.getBuffer().setLength(0);
    assertEquals(ExitCode.PASSED, run("compare", newer.toString(), older.toString()));
  }

  @Test
  void aNightAndARunAreNotCompared() throws IOException {
    Path night = night("night", "eu", Optional.empty(), ExitCode.INCOMPLETE);

    assertEquals(ExitCode.USAGE, run("compare", night.toString(), "latest"));
    assertEquals(
        "meshcheck: '%s' is a night and 'latest' is none; compare two nights, or two runs\n"
            .formatted(night),
        said.toString());
  }

  /** The reports of a night over one environment. */
  private Path night(String id, String environment, Optional<Night.Shard> shard, ExitCode code)
      throws IOException {
    Path reports = directory.resolve(id);
    Environment one = new Environment(environment, Map.of());
    NightLog log =
        NightLog.open(
            reports,
            new Night(id, START, Optional.empty(), false, Optional.empty(), shard, List.of()),
            List.of(one),
            Readers.OWNER,
            Map.of());
    log.unjudged(one, code, "nothing to say");
    log.finish(START.plusSeconds(60), true, code);
    return reports;
  }

  private ExitCode run(String... args) {
    PrintWriter out = new PrintWriter(said, true);
    List<String> all =
        Stream.concat(
                Stream.of(args), Stream.of("--reports", directory.resolve("reports").toString()))
            .toList();
    return Main.run(all, Map.of(), new Properties(), new Meshcheck(), out, out);
  }
}
