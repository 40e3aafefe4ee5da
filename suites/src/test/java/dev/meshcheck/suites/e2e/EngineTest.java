package dev.meshcheck.suites.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A gateway with faults of its own before an engine with faults of its own. */
@TestInstance(Lifecycle.PER_CLASS)
class EngineTest {

  /** Of the gateway alone, of both alike, of both in different ways, of the engine alone. */
  private static final String[] SELECTED = {
    "--select",
    "chat.answers,chat.has-the-documented-shape,chat.created-is-seconds,chat.usage-adds-up,"
        + "chat.content-type-is-json,models.answers,version.names-a-version,auth.refuses-other-schemes"
  };

  private final Path scratch;
  private final ReferenceGateway front = Cli.gateway();
  private final ReferenceGateway engine =
      ReferenceGateway.start(GatewayOptions.of(GatewaySurface.SERVERLESS));
  private final Command.Ended ended;
  private final Path run;

  EngineTest(@TempDir Path scratch) {
    this.scratch = scratch;
    front.misbehave(
        Cli.faults("chat-object-wrong", "chat-created-milliseconds", "chat-usage-missing"));
    engine.misbehave(
        Cli.faults("chat-created-milliseconds", "chat-usage-total-off-by-one", "version-number"));
    Cli cli =
        Cli.of(scratch, front)
            .with("MESHCHECK_ENGINE", engine.url().toString())
            .with("MESHCHECK_ENGINE_KEY", engine.credentials().inferenceKey());
    this.ended = cli.run(SELECTED);
    this.run = cli.latest();
  }

  @AfterAll
  void close() {
    front.close();
    engine.close();
  }

  private JsonNode engineOf(String check) throws IOException {
    for (JsonNode result : Json.read(run).path("results")) {
      if (result.path("check").asText().equals(check)) {
        return result.path("engine");
      }
    }
    throw new AssertionError(check + " is not in the report");
  }

  private String whose(String check) throws IOException {
    return engineOf(check).path("whose").asText("-");
  }

  @Test
  void whatFailsInFrontOnlyIsTheGateways() throws IOException {
    assertEquals("gateway", whose("chat.has-the-documented-shape"));
    assertEquals("passed", engineOf("chat.has-the-documented-shape").path("outcome").asText());
  }

  @Test
  void whatFailsAtBothIsTheEnginesWhereTheReasonIsTheSame() throws IOException {
    assertEquals("engine", whose("chat.created-is-seconds"));
    assertEquals("both", whose("chat.usage-adds-up"));
  }

  @Test
  void whatHoldsInFrontIsNobodysFault() throws IOException {
    assertEquals("-", whose("chat.answers"));
    assertEquals("-", whose("version.names-a-version"));
    assertEquals("failed", engineOf("version.names-a-version").path("outcome").asText());
  }

  @Test
  void theEngineCountsNowhere() throws Exception {
    JsonNode report = Json.read(run);
    assertEquals(1, ended.exit());
    assertEquals(3, report.path("summary").path("failed").asInt());
    assertEquals(1, report.path("targets").size());
    assertEquals(engine.url().toString(), report.path("engine").path("host").asText());
    assertTrue(report.path("engine").path("requests").asInt() > 3);
    Formats.agree(run, ended.out());
  }

  @Test
  void everyReportSaysSo() throws IOException {
    String answer =
        "of 3 findings in front, 1 is the gateway's, 1 is the engine's, 1 is of both; 1 check failed"
            + " at the engine alone, which the gateway mends or hides";
    assertThat(ended.out().replaceAll("\\s+", " "), containsString(answer));
    assertThat(
        ended.out(), containsString("engine: the engine passes this, so it is the gateway's"));
    assertThat(ended.out(), containsString("behind engine"));
    for (String file : List.of("summary.md", "report.html")) {
      String text = Files.readString(run.resolve(file));
      assertThat(file, text, containsString("Gateway or engine?"));
      assertThat(file, text, containsString("engine, not seen in front"));
    }
    assertThat(
        Files.readString(run.resolve("junit.xml")),
        containsString("the engine passes this, so it is the gateway"));
  }

  /** Whatever it is asked, it writes down who asked. */
  private static HttpServer listener(ConcurrentLinkedQueue<String> heard) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          heard.add(
              exchange.getRequestURI() + "\n" + Map.copyOf(exchange.getRequestHeaders()) + body);
          byte[] list =
              "{\"object\": \"list\", \"data\": [{\"id\": \"m\", \"object\": \"model\"}]}"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, list.length);
          exchange.getResponseBody().write(list);
          exchange.close();
        });
    server.start();
    return server;
  }

  @Test
  void nothingThatTheHostKnowsIsToldToTheEngine() throws IOException {
    ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
    HttpServer listener = listener(heard);
    Cli cli = Cli.of(scratch.resolve("listener"), front);
    try {
      cli.with("TENSORMESH_CONTROL_PLANE_TOKEN", "tok-canary-1234567890")
          .with("MESHCHECK_ENGINE_KEY", "ek-0987654321")
          .run(
              "--engine",
              "http://127.0.0.1:" + listener.getAddress().getPort(),
              "--header",
              "X-Tenant: canary-of-the-header",
              "--select",
              "auth.*,chat.*,models.*,gateway.*");
    } finally {
      listener.stop(0);
    }
    assertTrue(heard.size() > 20, () -> heard.size() + " requests");
    assertTrue(heard.stream().anyMatch(one -> one.contains("Bearer ek-0987654321")));
    List<String> secrets =
        List.of(front.credentials().inferenceKey(), front.credentials().userId(), "canary");
    for (String one : heard) {
      assertTrue(secrets.stream().noneMatch(one.toLowerCase(Locale.ROOT)::contains), one);
    }
    linesOfTheEngineNameItsOwnKey(cli.latest());
  }

  @Test
  void whatWentToTheEngineIsNotReplayedWithAKeyOfTheHost() throws IOException {
    String id = engineOf("version.names-a-version").path("exchanges").path(0).asText();
    Command.Ended replayed = Cli.of(scratch, front).run("replay", run + ":" + id);
    assertEquals(2, replayed.exit());
    assertThat(
        replayed.err(), containsString("this went to the engine behind it, and again: curl"));
  }

  private static void linesOfTheEngineNameItsOwnKey(Path run) throws IOException {
    int lines = 0;
    for (JsonNode exchange : Json.read(run).path("exchanges")) {
      String line = exchange.path("curl").asText();
      if (exchange.path("target").asText().equals("engine")) {
        assertThat(line, not(containsString("TENSORMESH_")));
        lines += line.contains("Bearer $MESHCHECK_ENGINE_KEY") ? 1 : 0;
      }
    }
    assertTrue(lines > 3);
    assertThat(Files.readString(run.resolve("report.json")), not(containsString("ek-0987654321")));
  }

  @Test
  void anEngineThatIsNotThereIsSaidAndFailsNothing() {
    front.misbehave(List.of());
    try {
      Command.Ended good =
          Cli.of(scratch.resolve("gone"), front)
              .run("--engine", "http://127.0.0.1:1", "--select", "chat.answers,models.answers");
      assertEquals(0, good.exit(), good.out() + good.err());
      assertThat(
          good.out().replaceAll("\\s+", " "),
          containsString("engine http://127.0.0.1:1: nothing can be said of it: "));
    } finally {
      front.misbehave(
          Cli.faults("chat-object-wrong", "chat-created-milliseconds", "chat-usage-missing"));
    }
  }

  @Test
  void mistakesAreSaidBeforeAnythingIsSent() {
    Cli bare = Cli.in(scratch);
    assertThat(
        bare.run("--engine", "http://vllm:8000").err(),
        containsString("engine http://vllm:8000 (from --engine) stands behind no host"));
    Cli known = Cli.of(scratch, front);
    assertThat(
        known.run("--engine", front.url().toString()).err(), containsString("is the host itself"));
    assertThat(
        known.run("--engine-model", "m").err(),
        containsString(
            "engine-model m (from --engine-model) is the model of no engine; name that with --engine"));
    assertThat(
        known.run("--engine", "http://vllm:8000", "--models", "a,b").err(),
        containsString("an engine is judged beside one model"));
    assertThat(
        known
            .with("MESHCHECK_ENGINE_KEY", "k-1234567890")
            .run("--engine", "http://engine.example.com")
            .err(),
        containsString("would send a key in clear over the internet"));
    assertThat(known.run("--engine", "").err(), containsString("--engine is empty"));
  }
}
