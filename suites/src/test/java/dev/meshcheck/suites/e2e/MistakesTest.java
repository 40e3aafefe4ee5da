package dev.meshcheck.suites.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are not what the user thinks: one line, exit 2, and nothing is sent. */
@TestInstance(Lifecycle.PER_CLASS)
class MistakesTest {

  private final ReferenceGateway gateway = Cli.gateway();
  private final Path scratch;
  private final Cli cli;

  MistakesTest(@TempDir Path scratch) {
    this.scratch = scratch;
    this.cli = Cli.of(scratch, gateway).with("MESHCHECK_SELECT", "version.answers");
  }

  @BeforeAll
  void prepare() throws Exception {
    assertEquals(0, cli.run().exit());
    String report = cli.file("report.json");
    put("good.json", report);
    put("cut.json", report.substring(0, report.length() / 2));
    put("empty.json", "");
    put("text.json", "no JSON at all");
    put("null.json", "null");
    put("hollow.json", "{\"schemaVersion\": 1, \"run\": {}, \"results\": []}");
    put("later.json", report.replace("\"schemaVersion\" : 1", "\"schemaVersion\" : 9"));
    put("other.json", report.replace("\"name\" : \"on-demand\"", "\"name\" : \"elsewhere\""));
    put("tab.yaml", "- check: version.answers\n\treason: x\n");
    put("map.yaml", "check: version.answers\n");
    put("day.yaml", "- check: version.answers\n  reason: x\n  until: tomorrow\n");
    Files.createDirectory(scratch.resolve("folder"));
  }

  @AfterAll
  void close() {
    gateway.close();
  }

  private void put(String name, String text) throws Exception {
    Files.writeString(scratch.resolve(name), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          compare missing.json good.json   | there is no report at 'missing.json'; name a report.json
          compare good.json folder         | there is no report at 'folder'
          compare good.json cut.json       | cut.json is no whole report.json of Meshcheck: line
          compare empty.json good.json     | empty.json is no report.json of Meshcheck
          compare text.json good.json      | text.json is no whole report.json of Meshcheck: line 1
          compare null.json good.json      | null.json is no report.json of Meshcheck
          compare hollow.json good.json    | hollow.json is no whole report.json of Meshcheck
          compare later.json good.json     | later.json cannot be read: it has format 9, of a later Meshcheck
          compare other.json good.json     | judged other targets (elsewhere) than this one (on-demand)
          --baseline missing.json          | there is no report at 'missing.json'
          --baseline cut.json              | cut.json is no whole report.json
          --baseline empty.json            | empty.json is no report.json
          --baseline later.json            | it has format 9
          --baseline other.json            | judged other targets (elsewhere) than this one (on-demand)
          --baseline latest --reports none | --baseline latest looks into the reports, and --reports none keeps none
          --fail-on new                    | --fail-on new needs a run to compare with
          --known-failures missing.yaml    | is not a file that can be read
          --known-failures folder          | is not a file that can be read
          --known-failures tab.yaml        | known failures tab.yaml, line 2, column 1: it is no YAML
          --known-failures map.yaml        | known failures map.yaml, line 1, column 1: it has to be a list
          --known-failures day.yaml        | known failures day.yaml, line 3, column 3: it has an 'until' that is no day
          --write-known-failures /proc/none/known.yaml | cannot be written to /proc/none/known.yaml
          --write-known-failures /proc/known.yaml | cannot be written to /proc/known.yaml; name another file
          --write-known-failures good.json/known.yaml | known failures cannot be written to
          --write-known-failures folder    | known failures cannot be written to
          --reports /proc/none             | reports
          """)
  void isOneLineAndExitTwo(String arguments, String said) {
    Path latest = cli.latest();
    Command.Ended run = cli.run(arguments.split(" "));

    assertEquals(2, run.exit(), run.out() + run.err());
    assertEquals("", run.out());
    assertEquals(1, run.err().lines().count(), run.err());
    assertThat(run.err(), containsString(said));
    assertFalse(run.err().contains("internal error"), run.err());
    assertEquals(latest, cli.latest(), "a run was begun");
  }
}
