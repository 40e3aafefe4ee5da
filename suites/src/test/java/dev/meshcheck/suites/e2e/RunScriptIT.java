package dev.meshcheck.suites.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.meshcheck.fixtures.gateway.GatewayCredentials;
import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import dev.meshcheck.fixtures.gateway.fault.Faults;
import dev.meshcheck.reports.model.ReportJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that people type, as processes: exit codes, files and what the console says. */
class RunScriptIT {

  /**
   * Whoever runs the tests in the background of a script ignores SIGINT, and so would its child.
   */
  private static final String HEARING_INTERRUPTS =
      "env --default-signal=INT true && exec env --default-signal=INT \"$@\"; exec \"$@\"";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WRONG_KEY = "ak-somebody-elses-key-0123456789";

  @TempDir private Path scratch;

  private JsonNode report() throws IOException {
    return JSON.readTree(scratch.resolve("reports/latest/report.json").toFile());
  }

  private static Set<String> values(JsonNode list, String field) {
    Set<String> values = new TreeSet<>();
    list.forEach(one -> values.add(one.path(field).asText()));
    return values;
  }

  @Test
  void withoutAHostTheEmbeddedGatewayPasses() throws Exception {
    // The whole catalogue is judged by ConformanceIT, and by .ci/run as a process.
    Command.Ended run = Command.run(scratch, "--pack", "smoke").end();
    assertEquals(0, run.exit(), run.out() + run.err());
    assertEquals("", run.err());
    JsonNode report = report();
    assertEquals(
        Set.of("control-plane", "on-demand", "serverless"),
        values(report.path("targets"), "surface"));
    assertThat(values(report.path("results"), "check").size(), greaterThanOrEqualTo(20));
    assertEquals(0, report.path("summary").path("couldNotRun").asInt());
    assertEquals(0, report.path("summary").path("failed").asInt());
    assertTrue(report.path("run").path("complete").asBoolean());
    for (String file : List.of("junit.xml", "summary.md")) {
      assertTrue(Files.size(scratch.resolve("reports/latest").resolve(file)) > 0, file);
    }
    assertThat(run.out().lines().reduce((a, b) -> b).orElse(""), containsString("exit 0"));
  }

  @Test
  void aWrongKeyIsExplainedInEveryFormat() throws Exception {
    try (ReferenceGateway gateway =
        ReferenceGateway.start(GatewayOptions.of(GatewaySurface.ON_DEMAND))) {
      Command.Ended run =
          Command.run(scratch, "verify", "-v", "--host", gateway.url().toString())
              .with("TENSORMESH_INFERENCE_API_KEY", WRONG_KEY)
              .with("TENSORMESH_USER_ID", GatewayCredentials.REFERENCE.userId())
              .with("TENSORMESH_MODEL", gateway.model())
              .end();
      assertEquals(3, run.exit(), run.out() + run.err());
      String said = "[managed].gateway_api_key";
      assertThat(run.out(), containsString(said));
      assertThat(run.out(), containsString("surface on-demand"));
      for (String file : List.of("report.json", "junit.xml", "summary.md")) {
        String text = Files.readString(scratch.resolve("reports/latest").resolve(file));
        assertThat(
            file,
            text.replace("\\[", "[").replace("\\]", "]").replace("\\_", "_"),
            containsString(said));
        assertThat(file, text, not(containsString(WRONG_KEY)));
      }
      assertThat(run.out() + run.err(), not(containsString(WRONG_KEY)));
      assertTrue(values(report().path("results"), "reason").contains("unauthorized"));
    }
  }

  @Test
  void aRefusedHostIsExitFourWithGuidance() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Command.Ended run = Command.run(scratch, "verify", "--host", "http://127.0.0.1:" + port).end();
    assertEquals(4, run.exit(), run.out() + run.err());
    assertThat(run.out(), containsString("refused the connection"));
    assertEquals(Set.of("connection-refused"), values(report().path("results"), "reason"));
    assertThat(report().path("results").get(0).path("guidance").toString(), not(is("[]")));
  }

  @Test
  void compareTellsWhatChangedBetweenTwoRuns() throws Exception {
    try (ReferenceGateway gateway =
        ReferenceGateway.start(GatewayOptions.of(GatewaySurface.SERVERLESS))) {
      String host = gateway.url().toString();
      String key = gateway.credentials().inferenceKey();
      Command good = Command.run(scratch, "--host", host, "--select", "version.*");
      assertEquals(0, good.with("SERVERLESS_API_KEY", key).end().exit());
      String old = report().path("run").path("id").asText();
      gateway.misbehave(List.of(Faults.named("version-number").orElseThrow()));
      Command bad = Command.run(scratch, "--host", host, "--select", "version.*");
      assertEquals(1, bad.with("SERVERLESS_API_KEY", key).end().exit());

      Command.Ended compared = Command.run(scratch, "compare", old, "latest").end();

      assertEquals(1, compared.exit(), compared.out() + compared.err());
      assertThat(compared.out(), startsWith("1 new, 0 fixed, 0 still failing\n"));
      assertThat(compared.out(), containsString("  new: version.names-a-version [serverless]\n"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --host nonsense                      | has no scheme
          --host ftp://example.org             | ftp
          --hots http://127.0.0.1              | did you mean
          --surface on-demnad                  | did you mean 'on-demand'
          --select chat.usage-adds-upp         | did you mean 'chat.usage-adds-up'
          --user-id nobody --host http://127.0.0.1:9 --surface on-demand | UUID
          --config /no/such/config.toml        | config.toml
          --parallel many                      | parallel
          --reports /proc/none                 | reports
          --host http://inference.example.org  | --allow-insecure
          --api-key abcdef                     | TENSORMESH_INFERENCE_API_KEY
          """)
  void badInputIsOneLineAndExitTwo(String arguments, String said) throws Exception {
    Command.Ended run =
        Command.run(scratch, arguments.split(" "))
            .with("TENSORMESH_INFERENCE_API_KEY", "ak-0123456789abcdef")
            .end();
    assertEquals(2, run.exit(), run.out() + run.err());
    assertEquals("", run.out());
    assertEquals(1, run.err().lines().count(), run.err());
    assertThat(run.err(), containsString(said));
  }

  @Test
  void aDirectoryThatIsGoneIsSaidInALine() throws Exception {
    Command.Ended run =
        Command.run(scratch, "list").in("d=$(mktemp -d); cd \"$d\"; rmdir \"$d\"; \"$@\"").end();
    assertEquals(2, run.exit(), run.out() + run.err());
    assertThat(
        run.err(), endsWith("the directory that you are in is gone; change to one that exists\n"));
  }

  @Test
  void aMalformedConfigIsToldByLineAndColumn() throws Exception {
    Path config = scratch.resolve("config.toml");
    Files.writeString(config, "[managed]\ngateway_api_key = oops\n");
    Command.Ended run =
        Command.run(scratch, "verify", "--host", "http://127.0.0.1:9", "--config", "" + config)
            .end();
    assertEquals(2, run.exit());
    assertEquals(1, run.err().lines().count(), run.err());
    assertThat(run.err(), containsString("line 2"));
    assertThat(run.err(), containsString("column"));
  }

  private void assertReportIsValid() throws Exception {
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ReportJson.schema());
    assertEquals(List.of(), schema.validate(report()));
  }

  @Test
  void aKilledRunLeavesAValidPartialReport() throws Exception {
    GatewayOptions slow =
        GatewayOptions.of(GatewaySurface.SERVERLESS).withLatency(Duration.ofMillis(700));
    try (ReferenceGateway gateway = ReferenceGateway.start(slow)) {
      Command command =
          Command.run(scratch, "verify", "--host", gateway.url().toString(), "--parallel", "2")
              .with("SERVERLESS_API_KEY", gateway.credentials().inferenceKey());
      Process process = command.start();
      Awaitility.await()
          .dontCatchUncaughtExceptions()
          .atMost(Duration.ofMinutes(1))
          .ignoreExceptions()
          .until(() -> report().path("results").size() > 3);
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      assertEquals(false, report().path("run").path("complete").asBoolean(true));
      assertReportIsValid();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void anInterruptedRunTellsWhatItKnows(String signal) throws Exception {
    GatewayOptions slow =
        GatewayOptions.of(GatewaySurface.SERVERLESS).withLatency(Duration.ofMillis(700));
    try (ReferenceGateway gateway = ReferenceGateway.start(slow)) {
      Command command =
          Command.run(scratch, "verify", "--host", gateway.url().toString(), "--parallel", "2")
              .in(HEARING_INTERRUPTS)
              .with("SERVERLESS_API_KEY", gateway.credentials().inferenceKey());
      Process process = command.start();
      Awaitility.await()
          .dontCatchUncaughtExceptions()
          .atMost(Duration.ofMinutes(1))
          .until(() -> command.read("out").contains("pass  "));
      new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
      assertTrue(process.waitFor(1, TimeUnit.MINUTES));

      assertEquals(3, process.exitValue(), command.read("out") + command.read("err"));
      String said = "exit 3: the run was interrupted, and this is what was known by then";
      assertThat(command.read("out"), endsWith(said + "\n"));
      assertThat(command.read("out"), containsString("note   the run was interrupted after "));
      assertEquals(false, report().path("run").path("complete").asBoolean(true));
      assertEquals(3, report().path("run").path("exitCode").asInt());
      assertReportIsValid();
      for (String file : List.of("junit.xml", "summary.md", "report.html")) {
        String text = Files.readString(scratch.resolve("reports/latest").resolve(file));
        assertThat(file, text, containsString("CUT SHORT"));
      }
      String junit = Files.readString(scratch.resolve("reports/latest/junit.xml"));
      assertThat(junit, containsString("name=\"run.comes-to-its-end\""));
      assertFalse(Files.exists(scratch.resolve("reports/history.jsonl")));
    }
  }

  @Test
  void aRunThatIsInterruptedBeforeItsFirstAnswerTellsThat() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String host = "http://127.0.0.1:" + silent.getLocalPort();
      Command command =
          Command.run(scratch, "--host", host, "--surface", "openai-compatible", "--model", "m");
      Process process = command.start();
      silent.accept();
      new ProcessBuilder("kill", "-TERM", "" + process.pid()).start().waitFor();
      assertTrue(process.waitFor(1, TimeUnit.MINUTES));

      assertEquals(3, process.exitValue(), command.read("out") + command.read("err"));
      assertThat(command.read("out"), containsString("note   the run was interrupted after 0 of "));
      assertEquals(false, report().path("run").path("complete").asBoolean(true));
      assertReportIsValid();
    }
  }

  @Test
  void theGatewayAnnouncesItselfToRunsBesideIt() throws Exception {
    Path gatewayScratch = Files.createDirectory(scratch.resolve("gateway"));
    Command gateway = Command.run(gatewayScratch, "gateway", "--surface", "on-demand");
    Process process = gateway.start();
    try {
      Awaitility.await()
          .dontCatchUncaughtExceptions()
          .atMost(Duration.ofMinutes(1))
          .until(() -> gateway.read("out").contains("Ctrl-C"));
      String url = gateway.read("out").lines().findFirst().orElseThrow().replaceFirst(".* at ", "");
      Command.Ended run = Command.run(scratch, "verify", "--host", url, "--select", "chat.*").end();
      assertEquals(0, run.exit(), run.out() + run.err());
      assertThat(run.out(), containsString("the reference gateway that runs on port"));
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }
}
