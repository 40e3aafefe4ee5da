package dev.meshcheck.suites.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.suites.cli.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The release archive, unpacked at another place and used as somebody uses it who has no clone. */
class ReleaseIT {

  @TempDir private Path scratch;

  private Path release;

  @BeforeEach
  void unpack() throws Exception {
    Path built = only(Command.HOME.resolve("suites/target"), "meshcheck-[0-9.]+\\.tar\\.gz");
    Process tar =
        new ProcessBuilder("tar", "-xzf", built.toString(), "-C", scratch.toString())
            .inheritIO()
            .start();
    assertEquals(0, tar.waitFor());
    release = only(scratch, "meshcheck-[0-9.]+");
  }

  @Test
  void itJudgesTellsItsOwnNameAndStartsFasterTheNextTime() throws Exception {
    Command.Ended version = meshcheck("--version").end();
    assertEquals("meshcheck " + Version.text() + "\n", version.out());

    Command.Ended first = meshcheck("--pack", "smoke").without("MESHCHECK_REPORTS").end();
    assertEquals(0, first.exit(), first.err());
    // Without a clone, reports go where one stands.
    assertTrue(Files.exists(scratch.resolve("reports/latest/report.html")));
    assertThat(names(release.resolve("app")), hasItem(containsString(".jsa")));
    assertEquals(0, meshcheck("--pack", "smoke").end().exit());

    Command.Ended explained = meshcheck("explain", "key-invalid").end();
    assertThat(explained.out(), containsString("meshcheck verify"));
    assertThat(explained.out(), not(containsString("run.sh")));
    Command.Ended mistaken = meshcheck("lisst").end();
    assertEquals(2, mistaken.exit());
    assertThat(mistaken.err(), containsString("meshcheck"));
    assertThat(mistaken.err(), not(containsString("run.sh")));
  }

  @Test
  void itIsFoundThroughALinkAndHasWhatPeopleNeed() throws Exception {
    Path link = Files.createDirectories(scratch.resolve("a path/bin")).resolve("meshcheck");
    Files.createSymbolicLink(link, release.resolve("bin/meshcheck"));
    assertEquals(0, Command.program(link, scratch, "list", "--pack", "smoke").end().exit());
    assertThat(names(release), hasItem("LICENSE"));
    assertTrue(Files.exists(release.resolve("docs/troubleshooting.md")));
  }

  private Command meshcheck(String... arguments) {
    return Command.program(release.resolve("bin/meshcheck"), scratch, arguments);
  }

  private static Path only(Path directory, String name) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> found = files.filter(file -> file.getFileName().toString().matches(name)).toList();
      assertEquals(1, found.size(), found::toString);
      return found.get(0);
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
