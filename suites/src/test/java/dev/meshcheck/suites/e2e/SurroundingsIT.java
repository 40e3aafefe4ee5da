package dev.meshcheck.suites.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.gateway.GatewayCredentials;
import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a shell, a disk or a locale does: the verdict, the reports and the exit code stay. */
@Tag("long")
class SurroundingsIT {

  private static ReferenceGateway gateway;

  @TempDir private Path scratch;

  @BeforeAll
  static void start() {
    gateway = ReferenceGateway.start(GatewayOptions.of(GatewaySurface.SERVERLESS));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private Command verify(String... more) {
    return at(Command.HOME, more);
  }

  private Command at(Path home, String... more) {
    List<String> words = new ArrayList<>(List.of("verify", "--host", gateway.url().toString()));
    words.addAll(List.of(more));
    return Command.at(home, scratch, words.toArray(String[]::new))
        .with("SERVERLESS_API_KEY", gateway.credentials().inferenceKey());
  }

  private Reports reports() {
    return new Reports(scratch.resolve("reports"));
  }

  private void whole(Reports reports) throws IOException {
    JsonNode report = reports.latest();
    assertTrue(report.path("run").path("complete").asBoolean());
    assertEquals(0, report.path("run").path("exitCode").asInt());
    assertEquals(Reports.FILES, Reports.names(reports.directory().resolve("latest")));
    assertEquals(1, reports.history().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"$@\" >&-",
        "\"$@\" >&- 2>&-",
        "\"$@\" <&- >&- 2>&-",
        "\"$@\" >/dev/full",
        "\"$@\" >/dev/full 2>&1",
        "\"$@\" | head -n 1; exit ${PIPESTATUS[0]}",
        "umask 077; \"$@\"",
        "unset HOME; \"$@\"",
      })
  void theShellHasNoSayInTheVerdict(String line) throws Exception {
    Command.Ended run = verify("--select", "version.*").in(line).end();

    assertEquals(0, run.exit(), run.out() + run.err());
    assertEquals("", run.err());
    whole(reports());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tr_TR.UTF-8 | -Duser.language=tr -Duser.country=TR
          ar_EG.UTF-8 | -Duser.language=ar -Duser.country=EG
          C           | -Duser.language=en
          """)
  void theWholeCatalogueIsJudgedAlikeInEveryLanguage(String locale, String options)
      throws Exception {
    Command.Ended run =
        verify()
            .with("LANG", locale)
            .with("JAVA_TOOL_OPTIONS", options + " -Duser.home=" + scratch)
            .end();

    assertEquals(0, run.exit(), run.out() + run.err());
    assertThat(run.out(), containsString(" 0 failed"));
    assertThat(run.out(), not(containsString("warned")));
    whole(reports());
  }

  @ParameterizedTest
  @CsvSource({"C", "C.UTF-8", "nowhere_NOWHERE.UTF-8"})
  void pathsMayHaveSpacesAndAnyLetters(String locale) throws Exception {
    Path odd = Files.createDirectory(scratch.resolve("ein Ort für 検証 'x' $y"));
    Path home = Project.at(odd.resolve("das Projekt ü"));
    Path config = odd.resolve("kön fig.toml");
    Files.writeString(
        config,
        "[managed]\ngateway_api_key = \"%s\"\n"
            .formatted(GatewayCredentials.REFERENCE.inferenceKey()));

    Command.Ended run =
        at(
                home,
                "--select",
                "version.*",
                "--config",
                config.toString(),
                "--reports",
                odd.resolve("Bericht é").toString())
            .with("LC_ALL", locale)
            .end();

    assertEquals(0, run.exit(), run.out() + run.err());
    whole(new Reports(odd.resolve("Bericht é")));
  }

  @Test
  void whoMayOpenFewFilesIsToldSo() throws Exception {
    GatewayOptions slow =
        GatewayOptions.of(GatewaySurface.SERVERLESS).withLatency(Duration.ofMillis(500));
    Command.Ended run;
    try (ReferenceGateway late = ReferenceGateway.start(slow)) {
      // So many wait for an answer at once that the files do not suffice.
      run =
          Command.run(scratch, "--host", late.url().toString(), "--select", "chat*")
              .with("SERVERLESS_API_KEY", late.credentials().inferenceKey())
              .in("ulimit -n 66; exec \"$@\"")
              .end();
    }

    assertEquals(3, run.exit(), run.out() + run.err());
    assertThat(run.out(), containsString("raise the limit (ulimit -n)"));
    assertThat(run.out(), not(containsString("cannot be reached")));
    assertEquals(Reports.FILES, Reports.names(reports().directory().resolve("latest")));
    assertTrue(reports().latest().path("summary").path("couldNotRun").asInt() > 0);
  }

  @Test
  void aFullDiskIsToldOnceAndCostsNoVerdict() throws Exception {
    // In blocks of 1024 bytes; a file beyond is refused like one on a full disk.
    Command.Ended run = verify().in("ulimit -f 200; exec \"$@\"").end();

    toldOnce(run, "report.html", "File too large");
  }

  @Test
  void aFullFileSystemIsToldOnceAndCostsNoVerdict() throws Exception {
    Path full = Files.createDirectory(scratch.resolve("reports"));
    Command.Ended run =
        verify()
            .in(
                "mount -t tmpfs -o size=300k tmpfs '%1$s' 2>/dev/null || exit 77; \"$@\"; code=$?; umount '%1$s'; exit $code"
                    .formatted(full))
            .end();
    assumeTrue(run.exit() != 77, "nothing can be mounted here");

    toldOnce(run, "report.json", "No space left on device");
  }

  @Test
  void aFileSystemThatBecomesReadOnlyIsToldOnce() throws Exception {
    Path reports = Files.createDirectory(scratch.resolve("reports"));
    Command.Ended run =
        verify()
            .in(
                """
                mount -t tmpfs tmpfs '%1$s' 2>/dev/null || exit 77
                "$@" & run=$!
                until [ -e '%1$s/latest' ]; do sleep 0.05; done
                until mount -o remount,ro '%1$s' 2>/dev/null; do sleep 0.01; done
                wait $run; code=$?; umount '%1$s'; exit $code
                """
                    .formatted(reports))
            .end();
    assumeTrue(run.exit() != 77, "nothing can be mounted here");

    toldOnce(run, "junit.xml", "Read-only file system");
  }

  private void toldOnce(Command.Ended run, String file, String why) {
    assertEquals(0, run.exit(), run.out() + run.err());
    assertEquals("", run.err());
    assertThat(run.out(), containsString("exit 0: every requirement is met"));
    List<String> told = run.out().lines().filter(l -> l.startsWith("meshcheck: ")).toList();
    assertEquals(1, told.size(), run.out());
    assertThat(told.get(0), containsString(file));
    assertThat(told.get(0), containsString("cannot be written (" + why + ")"));
    assertThat(run.out(), not(containsString("Exception")));
  }

  @Test
  void aDirectoryThatMayNotBeWrittenIsToldBeforeTheRun() throws Exception {
    Path reports = Files.createDirectory(scratch.resolve("reports"));
    Files.setPosixFilePermissions(reports, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeFalse(Files.isWritable(reports), "root may write everywhere");

    Command.Ended run = verify("--select", "version.*").end();

    assertEquals(2, run.exit(), run.out() + run.err());
    assertEquals(1, run.err().lines().count());
    assertThat(run.err(), containsString("cannot be written (Permission denied)"));
  }

  @Test
  void aDirectoryThatIsRemovedMeanwhileIsWrittenAnew() throws Exception {
    Command.Ended run =
        verify()
            .in(
                """
                "$@" & run=$!
                until [ -e reports/latest ]; do sleep 0.05; done
                rm -rf reports || rm -rf reports
                wait $run
                """)
            .end();

    assertEquals(0, run.exit(), run.out() + run.err());
    whole(reports());
    List<String> told = run.out().lines().filter(l -> l.startsWith("meshcheck: ")).toList();
    assertTrue(told.size() <= 1, run.out());
  }
}
