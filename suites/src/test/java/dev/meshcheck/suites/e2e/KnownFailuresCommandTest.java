package dev.meshcheck.suites.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.gateway.Fault;
import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures that somebody expects, from the command to every report. */
class KnownFailuresCommandTest {

  private static final String ISSUE = "https://example.org/issues/12";

  private final ReferenceGateway gateway = Cli.gateway();
  private final Path list;
  private final Cli cli;

  KnownFailuresCommandTest(@TempDir Path scratch) {
    this.list = scratch.resolve("known.yaml");
    this.cli =
        Cli.of(scratch, gateway)
            .with("MESHCHECK_SELECT", "version.*,models.ids-are-unique,models.is-a-list");
  }

  @BeforeEach
  void break2() {
    gateway.misbehave(Cli.faults("version-number", "models-id-twice"));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void todaysFailuresAreWrittenAndThenExpected() throws Exception {
    Command.Ended first = cli.run("--write-known-failures", list.toString());
    assertEquals(1, first.exit(), first.out() + first.err());
    String written = Files.readString(list);
    assertThat(
        written, containsString("- check: version.names-a-version\n  target: \"on-demand\""));
    assertThat(written, containsString("- check: models.ids-are-unique\n"));
    Files.writeString(
        list, written.replaceFirst("reason: .*", "reason: the gateway is old\n  issue: " + ISSUE));

    Command.Ended second = cli.run("--known-failures", list.toString());

    assertEquals(0, second.exit(), second.out() + second.err());
    assertThat(second.out(), containsString("\nExpected failures\n"));
    assertThat(second.out(), containsString("exit 0: nothing new is broken; 2 known failures"));
    assertThat(second.out(), not(containsString("\nFailures\n")));
    String why = "known failure: the gateway is old (" + ISSUE + ")";
    assertThat(second.out(), containsString(why));
    assertThat(cli.file("junit.xml"), containsString("<skipped message=\"" + why));
    assertThat(cli.file("summary.md"), containsString("### Expected failures"));
    assertThat(cli.file("badge.json"), containsString(" passed, 2 known\""));
    assertThat(cli.file("badge.json"), containsString("\"yellowgreen\""));
    assertThat(cli.file("report.html"), containsString("<a href=\"" + ISSUE + "\""));
    JsonNode report = Json.read(cli.latest());
    assertEquals(2, report.path("summary").path("failed").asInt());
    assertEquals(2, report.path("knownFailures").path("entries").size());
    for (JsonNode result : report.path("results")) {
      boolean failed = result.path("outcome").asText().equals("failed");
      assertEquals(failed, result.path("knownFailure").asBoolean(), result.toString());
    }
    Formats.agree(cli.latest(), second.out());
  }

  @Test
  void everyKindOfStaleEntryFailsTheRunAndNamesItsLine() throws Exception {
    Files.writeString(
        list,
        """
        - check: version.names-a-version
          reason: the gateway is old
        - check: version.answers
          reason: it was down
        - check: models.ids-are-unique
          reason: promised for spring
          until: 2020-03-31
        - check: models.id-are-unique
          reason: a slip of the pen
        - check: version.names-a-version
          reason: said before
        """);

    Command.Ended run = cli.run("--known-failures", list.toString());

    assertEquals(1, run.exit(), run.out() + run.err());
    List<String> stale =
        List.of(
            "known.yaml:3 version.answers: it passes now on on-demand; remove line 3",
            "known.yaml:5 models.ids-are-unique: it was expected until 2020-03-31; remove line 5",
            "known.yaml:8 models.id-are-unique: no check has such an id; did you mean"
                + " 'models.ids-are-unique'? remove line 8",
            "known.yaml:10 version.names-a-version: it repeats the entry of line 1; remove line 10");
    for (String line : stale) {
      assertThat(run.out(), containsString("\n  " + line + "\n"));
      assertThat(unescaped(cli.file("junit.xml")), containsString("message=\"" + line + "\""));
      assertThat(cli.file("summary.md"), containsString(line.substring(line.indexOf(": it") + 1)));
      String message = line.substring(line.indexOf(' ') + 1);
      assertThat(unescaped(cli.file("report.html")), containsString(message));
    }
    JsonNode told = Json.read(cli.latest()).path("knownFailures").path("stale");
    assertEquals(4, told.size());
    assertEquals(List.of("3", "5", "8", "10"), told.findValuesAsText("line"));
    assertEquals(
        List.of("passes", "expired", "matches-nothing", "duplicate"),
        told.findValuesAsText("problem"));
  }

  @Test
  void aListThatPassesNowIsStillAReasonToFail() throws Exception {
    gateway.misbehave(List.of());
    Files.writeString(list, "- check: version.names-a-version\n  reason: the gateway is old\n");

    Command.Ended run = cli.run("--known-failures", list.toString());

    assertEquals(2, run.exit());
    assertTrue(
        run.out().endsWith("exit 2: the list of known failures is out of date\n"), run.out());
  }

  @Test
  void aListThatCannotBeWrittenInTheEndIsNoPass() throws Exception {
    // The directory is there when the run begins, and gone when it ends.
    Path folder = Files.createDirectory(list.resolveSibling("gone"));
    gateway.misbehave(
        List.of(
            Fault.of(
                Hooks.onCall(
                    call -> {
                      boolean unused = folder.toFile().delete();
                      return call;
                    }))));

    Command.Ended run = cli.run("--write-known-failures", folder.resolve("known.yaml").toString());

    assertEquals(3, run.exit(), run.out() + run.err());
    assertThat(run.out(), containsString("the known failures cannot be written to"));
    assertThat(run.out(), containsString("; without them this ends with exit 3\n"));
  }

  private static String unescaped(String markup) {
    return markup.replace("&#39;", "'").replace("&apos;", "'");
  }
}
