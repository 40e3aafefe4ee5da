package dev.meshcheck.suites.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.gateway.Fault;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import dev.meshcheck.suites.ProjectFiles;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A run with ten faults, then one with eight of them and two others, and what is said of both. */
@TestInstance(Lifecycle.PER_CLASS)
class ChangeTest {

  private static final String HEADLINE = "2 new, 2 fixed, 8 still failing";

  /** Each breaks one check, and no two the same. */
  private static final List<Fault> STAYING =
      Cli.faults(
          "chat-object-wrong",
          "chat-stream-done-missing",
          "completions-created-milliseconds",
          "models-id-twice",
          "responses-usage-sum-wrong",
          "tokenize-content-type-text",
          "detokenize-content-type-text",
          "version-number");

  /** The last one is worth a warning alone. */
  private static final List<Fault> GOING =
      Cli.faults("auth-bare-key-accepted", "error-input-missing-500", "chat-stop-reason-wrong");

  private static final List<Fault> COMING =
      Cli.faults("auth-basic-accepted", "chat-usage-reasoning-exceeds-answer");

  private final Path scratch;
  private final ReferenceGateway gateway = Cli.gateway();
  private final Cli cli;
  private final Command.Ended before;
  private final Path old;
  private final Command.Ended after;
  private final Path young;

  ChangeTest(@TempDir Path scratch) {
    this.scratch = scratch;
    this.cli = Cli.of(scratch, gateway);
    gateway.misbehave(both(STAYING, GOING));
    this.before = cli.run("verify");
    this.old = cli.latest();
    gateway.misbehave(both(STAYING, COMING));
    this.after = cli.run("--baseline", old.resolve("report.json").toString());
    this.young = cli.latest();
  }

  private static List<Fault> both(List<Fault> some, List<Fault> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  @AfterAll
  void close() {
    gateway.close();
  }

  @Test
  void compareSaysWhatIsNewFixedAndLeft() {
    Command.Ended compared = cli.run("compare", old.toString(), young.getFileName().toString());

    assertEquals("", compared.err());
    assertEquals(HEADLINE, compared.out().lines().findFirst().orElseThrow());
    assertThat(compared.out(), containsString("  new: auth.refuses-other-schemes [on-demand]\n"));
    assertThat(
        compared.out(), containsString("  fixed: errors.responses-missing-field [on-demand]\n"));
    assertEquals(1, compared.exit());
    assertEquals(0, cli.run("compare", young.toString(), young.toString()).exit());
  }

  @Test
  void everyReportOfTheSecondRunSaysSo() throws Exception {
    assertEquals(1, after.exit(), after.err());
    assertThat(after.out(), containsString(HEADLINE));
    for (String file : List.of("summary.md", "report.html")) {
      assertThat(file, Files.readString(young.resolve(file)), containsString(HEADLINE));
    }
    JsonNode change = Json.read(young).path("change");
    assertEquals(old.getFileName().toString(), change.path("baseline").asText());
    assertEquals(
        Set.of("auth.refuses-other-schemes", "chat.reasoning-tokens-are-part-of-the-answer"),
        Json.checks(change.path("newlyFailing")));
    assertEquals(
        Set.of("auth.refuses-a-key-without-scheme", "errors.responses-missing-field"),
        Json.checks(change.path("fixed")));
    assertEquals(8, change.path("stillFailing").size());
    assertEquals(0, change.path("added").size() + change.path("removed").size());
  }

  @Test
  void latestIsARunOfTheSameTargetsAndOnlyNewFailuresExitWithOne() throws Exception {
    String select = String.join(",", Json.failed(young));
    gateway.misbehave(both(STAYING, COMING));
    Command.Ended same =
        cli.run("--baseline", "latest", "--fail-on", "new", "--select", select + ",auth.refuses-*");
    assertEquals(0, same.exit(), same.out() + same.err());
    assertThat(same.out(), containsString("0 new, 0 fixed, 10 still failing"));
    assertThat(same.out(), containsString("exit 0: nothing new is broken; 10 still failing"));
    assertThat(cli.file("badge.json"), containsString(", 10 still failing\""));
    assertThat(cli.file("badge.json"), containsString("\"yellowgreen\""));
    Formats.agree(cli.latest(), same.out());

    Command.Ended worse =
        cli.run("--baseline", old.toString(), "--fail-on", "new", "--select", select);
    assertEquals(1, worse.exit(), worse.out() + worse.err());
    assertThat(worse.out(), containsString("2 new, 0 fixed, 8 still failing"));
    assertThat(cli.file("junit.xml"), containsString(" failures=\"2\" "));
    Formats.agree(cli.latest(), worse.out());
  }

  @Test
  void allFormatsTellBothRunsTheSameWay() throws Exception {
    assertEquals(10, Json.failed(old).size());
    assertEquals(1, Json.read(old).path("summary").path("warned").asInt());
    Formats.agree(old, before.out());
    Formats.agree(young, after.out());
  }

  @Test
  void everyReportSaysWhatItRestsOn() throws Exception {
    JsonNode report = Json.read(old);
    JsonNode run = report.path("run");
    List<String> facts =
        List.of(
            report.path("tool").path("version").asText(),
            report.path("catalogue").path("version").asText(),
            run.path("id").asText(),
            run.path("selection").asText(),
            run.path("machine").path("os").asText(),
            gateway.url().toString(),
            "from GATEWAY_BASE, on-demand only",
            "ak-…3f9c",
            "from TENSORMESH_INFERENCE_API_KEY");
    for (String file :
        List.of(
            "report.json", "junit.xml", "summary.md", "allure-results/environment.properties")) {
      String text = Files.readString(old.resolve(file)).replace("\\", "");
      facts.forEach(fact -> assertThat(file, text, containsString(fact)));
      assertThat(file, text, containsString(run.path("startedAt").asText()));
      assertThat(file, text, containsString(run.path("finishedAt").asText()));
      assertThat(file, text, not(containsString(gateway.credentials().inferenceKey())));
    }
    String page = Files.readString(old.resolve("report.html"));
    facts.forEach(fact -> assertThat(page, containsString(fact)));
    assertThat(page, containsString("<dt>started</dt>"));
    assertThat(page, containsString("<dt>finished</dt>"));
    assertTrue(Files.size(old.resolve("report.html")) < 5_000_000);
    assertTrue(Files.size(old.resolve("summary.md")) < 60_000);
  }

  @Test
  void theHistoryHasALineForEachRun() throws Exception {
    List<String> lines = Files.readAllLines(scratch.resolve("reports/history.jsonl"));

    assertThat(lines.get(0), containsString("\"run\":\"" + old.getFileName() + "\""));
    assertThat(lines.get(1), containsString("\"run\":\"" + young.getFileName() + "\""));
    assertThat(lines.get(1), containsString("\"version.names-a-version\":\"failed\""));
  }

  @Test
  void junitXmlIsValidForJenkins() throws Exception {
    Path schema =
        ProjectFiles.root()
            .resolve("reports/src/test/resources/dev/meshcheck/reports/render/junit.xsd");
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(schema.toFile())
        .newValidator()
        .validate(new StreamSource(new StringReader(Files.readString(old.resolve("junit.xml")))));
  }
}
