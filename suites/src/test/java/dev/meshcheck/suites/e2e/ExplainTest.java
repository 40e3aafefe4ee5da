package dev.meshcheck.suites.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Looking up what the console names, and sending it again. */
@TestInstance(Lifecycle.PER_CLASS)
class ExplainTest {

  private final Path scratch;
  private final ReferenceGateway gateway = Cli.gateway();
  private final Cli cli;
  private final Command.Ended run;

  ExplainTest(@TempDir Path scratch) {
    this.scratch = scratch;
    this.cli = Cli.of(scratch, gateway);
    gateway.misbehave(Cli.faults("version-number", "models-id-twice"));
    this.run = cli.run("--select", "version.*,models.*,auth.wrong*");
  }

  @AfterAll
  void close() {
    gateway.close();
  }

  @Test
  void aCheckIsExplainedWithWhatItSendsAndWhatProvesIt() {
    Command.Ended page = cli.run("explain", "chat.usage-adds-up");

    assertEquals(0, page.exit(), page.err());
    assertThat(page.out(), containsString("total_tokens is the sum of prompt_tokens and"));
    assertThat(page.out(), containsString("  surfaces: on-demand, serverless, openai-compatible"));
    assertThat(
        page.out(), containsString("  it says:  \"usage of a chat answer has prompt_tokens"));
    assertThat(page.out(), containsString("/v1/chat/completions' -H 'User-Agent: meshcheck'"));
    assertThat(page.out(), containsString("\"content\":\"Say hello.\""));
    assertThat(page.out(), containsString("    → 200 application/json {\"id\":\"chatcmpl-"));
    assertThat(page.out(), containsString("./run.sh gateway --fault cached-on-top"));
    assertThat(page.out(), containsString("--select chat.usage-adds-up\n"));
  }

  @Test
  void aCheckOfOtherServersAloneIsExplainedToo() {
    Command.Ended page = cli.run("explain", "auth.keys-are-looked-at");

    assertEquals(0, page.exit(), page.err());
    assertThat(page.out(), containsString("  surfaces: openai-compatible\n"));
    assertThat(page.out(), containsString("curl -sS "));
  }

  @Test
  void aCauseIsExplained() {
    Command.Ended page = cli.run("explain", "key-invalid");

    assertEquals(0, page.exit(), page.err());
    assertThat(page.out(), containsString("  The host does not accept this key\n"));
    assertThat(page.out(), containsString("what it explains says nothing of the host"));
    assertThat(page.out(), containsString("  ./run.sh explain key-forbidden\n"));
  }

  @Test
  void everyCommandThatTheConsolePrintsLeadsToItsFailure() {
    assertEquals(1, run.exit(), run.out() + run.err());
    List<String> commands =
        run.out().lines().map(String::strip).filter(l -> l.startsWith("./run.sh explain")).toList();
    assertEquals(2, commands.size(), run.out());
    for (String command : commands) {
      Command.Ended page = cli.run("explain", command.substring(command.lastIndexOf(' ') + 1));
      assertEquals(0, page.exit(), page.err());
      assertThat(page.out(), containsString(" [on-demand]  failed\n"));
      assertThat(page.out(), containsString("  again:    curl -sS "));
      assertThat(page.out(), containsString("./run.sh replay "));
    }
  }

  /** A command that is printed has to act when it is typed. */
  @Test
  void aHintRepeatsTheDirectoryThatAFlagNamed() throws IOException {
    String reports = cli.latest().getParent().getParent().toString();
    for (String what : List.of("latest:e1", "latest:" + checkOfTheRun())) {
      Command.Ended page = cli.run("explain", "--reports", reports, what);
      assertEquals(0, page.exit(), page.err());
      assertThat(page.out(), containsString("./run.sh replay --reports '" + reports + "' "));
    }
  }

  private String checkOfTheRun() throws IOException {
    return Json.read(cli.latest()).path("results").path(0).path("check").asText();
  }

  @Test
  void anExchangeIsShownWhole() {
    Command.Ended page = cli.run("explain", "latest:e1");

    assertEquals(0, page.exit(), page.err());
    assertThat(page.out(), containsString("  GET " + gateway.url() + "/v1/models\n"));
    assertThat(page.out(), containsString("  HTTP 200\n"));
    assertThat(page.out(), containsString("  looked at by: models."));
    assertThat(
        page.out(),
        matchesPattern(
            "(?s).*in the host's log X-Request-Id meshcheck-[0-9TZ]+-\\w+-e1, which came back\n.*"));
    assertThat(page.out(), not(containsString(gateway.credentials().inferenceKey())));
  }

  @Test
  void aReplayShowsBothAnswers() throws Exception {
    gateway.misbehave(List.of());
    Command.Ended replay = cli.run("replay", "latest:version.names-a-version");
    gateway.misbehave(Cli.faults("version-number", "models-id-twice"));

    assertEquals(0, replay.exit(), replay.err());
    assertThat(replay.out(), containsString("GET " + gateway.url() + "/version\n"));
    String body =
        replay.out().lines().filter(l -> l.contains("\"version\"")).findFirst().orElseThrow();
    assertThat(body, containsString(" ≠ "));
    assertThat(replay.out(), not(containsString(gateway.credentials().inferenceKey())));
  }

  @Test
  void aReplayOfAWrongKeySendsAWrongKey(@TempDir Path elsewhere) throws Exception {
    // The latest run of the others stays the one that they share.
    Cli own = Cli.of(elsewhere, gateway);
    Command.Ended wrong = own.run("--select", "auth.wrong-key-is-401");
    assertEquals(0, wrong.exit(), wrong.out() + wrong.err());
    Command.Ended replay = own.run("replay", "latest:auth.wrong-key-is-401");

    assertEquals(0, replay.exit(), replay.err());
    String status =
        replay.out().lines().filter(l -> l.startsWith("| HTTP")).findFirst().orElseThrow();
    assertEquals("| HTTP 401   HTTP 401", status.replaceAll(" {2,}", "   "));
  }

  @Test
  void aReportFromElsewhereChoosesNobodyToSendAKeyTo() throws Exception {
    Path foreign = scratch.resolve("attached.json");
    JsonNode report = Json.read(cli.latest());
    Files.writeString(
        foreign, report.toString().replace(gateway.url().toString(), "http://127.0.0.1:9"));

    for (String[] named : new String[][] {{}, {"--host", "http://127.0.0.1:99"}}) {
      String[] words =
          Stream.of(new String[] {"replay", foreign + ":e1"}, named)
              .flatMap(Stream::of)
              .toArray(String[]::new);
      Command.Ended replay = cli.run(words);
      assertEquals(2, replay.exit(), replay.out());
      assertThat(
          replay.err(),
          containsString(
              "the report was not made here, and a key is sent to no host that only a file names"));
    }
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThat(
        cli.run("explain", "chat.usage-add-up").err(),
        containsString("did you mean 'chat.usage-adds-up'?"));
    assertThat(cli.run("explain", "latest:e999").err(), containsString("has no exchange 'e999'"));
    assertThat(
        cli.run("replay", "chat.answers").err(), containsString("write RUN:CHECK or RUN:e12"));
  }
}
