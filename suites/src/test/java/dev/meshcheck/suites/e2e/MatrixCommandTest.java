package dev.meshcheck.suites.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What two releases of a host can do, and both side by side. */
@TestInstance(Lifecycle.PER_CLASS)
class MatrixCommandTest {

  private static final String[] SELECTED = {
    "--select",
    "chat.answers,chat.n-2-*,json.schema-*,json.object-*,tools.are-taken,tools.fitting-*,responses.stored"
  };

  private final Path scratch;
  private final ReferenceGateway gateway = Cli.gateway();
  private final Cli cli;
  private final Path good;
  private final Path bad;

  MatrixCommandTest(@TempDir Path scratch) {
    this.scratch = scratch;
    this.cli = Cli.of(scratch, gateway);
    cli.run(SELECTED);
    this.good = cli.latest();
    gateway.misbehave(Cli.faults("chat-n-ignored", "chat-object-refused", "chat-tools-refused"));
    cli.run(SELECTED);
    this.bad = cli.latest();
  }

  @AfterAll
  void close() {
    gateway.close();
  }

  private static Map<String, String> states(Path run) throws IOException {
    Map<String, String> states = new TreeMap<>();
    for (JsonNode one : Json.read(run).path("capabilities")) {
      states.put(one.path("capability").asText(), one.path("state").asText());
    }
    return states;
  }

  @Test
  void reportJsonSaysWhatTheHostCanDo() throws IOException {
    assertEquals(
        Map.of(
            "chat", "yes",
            "n", "yes",
            "json-mode", "yes",
            "json-schema", "yes",
            "tools", "yes",
            "responses-store", "no"),
        states(good));
  }

  @Test
  void whatIsRefusedIsNotThereAndWhatIsDroppedIsBroken() throws IOException {
    assertEquals(
        Map.of(
            "chat", "yes",
            "n", "broken",
            "json-mode", "no",
            "json-schema", "yes",
            "tools", "no",
            "streamed-tools", "no",
            "responses-store", "no"),
        states(bad));
  }

  @Test
  void whoWasNotJudgedIsNamed() throws IOException {
    Path targets = scratch.resolve("targets.yaml");
    Files.writeString(
        targets,
        """
        environments:
          - name: here
            host: %s
            user-id: ${TENSORMESH_USER_ID}
            inference-key: ${TENSORMESH_INFERENCE_API_KEY}
            select: [chat.answers]
          - name: unset
            host: %s
            inference-key: ${NOT_SET}
        """
            .formatted(gateway.url(), gateway.url()));
    Command.Ended night = cli.run("nightly", "--targets", targets.toString());
    assertThat(night.out() + night.err(), containsString("NOT_SET"));

    Command.Ended ended = cli.run("matrix", "latest-night");

    assertEquals(0, ended.exit(), ended.err());
    assertThat(ended.out(), containsString("left out, for nobody judged them: 1 environment\n"));
    assertThat(ended.out(), containsString("\n  unset: "));
  }

  @Test
  void bothStandSideBySide() throws IOException {
    Command.Ended ended = cli.run("matrix", good.toString(), bad.getFileName().toString());
    assertEquals("", ended.err());
    assertEquals(0, ended.exit());
    assertThat(ended.out(), containsString("2 targets side by side\n"));
    String markdown = Files.readString(scratch.resolve("reports/matrix.md"));
    assertThat(markdown, containsString("| Several choices (n) | ✓ yes | ✗ broken |\n"));
    assertThat(markdown, containsString("| JSON mode | ✓ yes | – no |\n"));
    assertThat(markdown, containsString("(chat.n-2-gives-two-choices)\n"));
    assertThat(
        Files.readString(scratch.resolve("reports/matrix.html")),
        containsString("href=\"#why-1-n\""));
  }

  @Test
  void withoutReportsTheMarkdownIsPrinted() {
    Command.Ended ended = cli.run("matrix", "--reports", "none", good.toString());
    assertThat(ended.out(), containsString("## Meshcheck: 1 target side by side\n"));
    assertEquals(0, ended.exit());
  }

  @Test
  void aReportThatIsNotThereIsAMistake() {
    Command.Ended ended = cli.run("matrix", good.toString(), "nowhere");
    assertEquals(2, ended.exit());
    assertThat(ended.err(), containsString("there is no report at 'nowhere'"));
  }

  @Test
  void theBadgeSaysHowTheRunEnded() throws IOException {
    assertThat(Files.readString(good.resolve("badge.svg")), containsString("passed</text>"));
    assertThat(
        Files.readString(bad.resolve("badge.json")), containsString("\"label\":\"meshcheck\""));
  }
}
