package dev.meshcheck.suites.exporter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.Sources;
import dev.meshcheck.fixtures.settings.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An exporter within this process. */
class ExporterTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static ReferenceGateway gateway;

  @TempDir private Path folder;

  private final StringWriter console = new StringWriter();
  private final Map<Setting, String> flags = new EnumMap<>(Setting.class);

  @BeforeAll
  static void start() {
    gateway = ReferenceGateway.start(GatewayOptions.of(GatewaySurface.SERVERLESS));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private Exporter exporter(String yaml) throws IOException {
    return exporter(yaml, ExporterCommand.LISTEN, 0);
  }

  private Exporter exporter(String yaml, String listen, int port) throws IOException {
    Files.writeString(folder.resolve("targets.yaml"), yaml);
    Map<String, String> environment = Map.of("KEY", gateway.credentials().inferenceKey());
    return Exporter.start(
        new ExporterCommand("targets.yaml", listen, port, 4, 16),
        new Sources(flags, Map.of(), environment, folder, folder, folder),
        new PrintWriter(console, true));
  }

  private Exporter usual() throws IOException {
    return exporter(
        """
        defaults: { surface: serverless, inference-key: "${KEY}", select: "version.*",
          baseline: last-passed, fail-on: new }
        environments:
          - { name: good, host: "%s", labels: { stage: "<b>&" } }
          - { name: keyless, host: "%1$s", inference-key: "${NOT_THERE}" }
        """
            .formatted(gateway.url()));
  }

  private static HttpResponse<String> ask(
      Exporter exporter, String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + exporter.port() + path))
            .method(method, BodyPublishers.noBody());
    return CLIENT.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        BodyHandlers.ofString());
  }

  private static String get(Exporter exporter, String path, String... headers)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = ask(exporter, "GET", path, headers);
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body();
  }

  private static void assertTold(String text, String line) {
    assertTrue(text.lines().anyMatch(line::equals), line + " is not in\n" + text);
  }

  @Test
  void aProbeIsARunThatLeavesNothingBehind() throws Exception {
    try (Exporter exporter = usual()) {
      String good = get(exporter, "/probe?target=good&pack=standard");
      assertTold(good, "meshcheck_probe_success{environment=\"good\"} 1.0");
      assertTold(good, "meshcheck_run_exit_code{environment=\"good\"} 0.0");
      assertTold(
          good,
          "meshcheck_environment_info{environment=\"good\",label_stage=\"<b>&\",verdict=\"passed\"} 1");
      for (int i = 0; i < 2; i++) {
        String keyless = get(exporter, "/probe?target=keyless");
        assertTold(keyless, "meshcheck_probe_success{environment=\"keyless\"} 0.0");
        assertTold(keyless, "meshcheck_run_exit_code{environment=\"keyless\"} 3.0");
        assertTold(keyless, "meshcheck_run_complete{environment=\"keyless\"} 0.0");
      }
      String own = get(exporter, "/metrics");
      assertTold(own, "meshcheck_exporter_probes_total{verdict=\"passed\"} 1.0");
      assertTold(own, "meshcheck_exporter_probes_total{verdict=\"not-judged\"} 2.0");
      assertTold(own, "meshcheck_exporter_answers_total{status=\"200\"} 3.0");
      assertTold(own, "meshcheck_exporter_probe_duration_seconds_count 3");
      assertTold(own, "meshcheck_exporter_environments 2.0");
      assertTrue(own.contains("meshcheck_build_info{version="), own);
      // Told once, however often it is asked.
      assertEquals(
          List.of(
              "meshcheck: keyless: could not run: inference-key (from targets.yaml:5) needs the variable NOT_THERE, which is not set or empty"),
          console.toString().lines().skip(2).toList());
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(folder.resolve("targets.yaml")), files.toList());
    }
  }

  @Test
  void whatIsNotThereIsNotAsked() throws Exception {
    try (Exporter exporter = usual()) {
      refuses(
          exporter,
          "/probe?target=goood",
          404,
          "there is no environment 'goood'; did you mean 'good'? the page at / has them all\n");
      refuses(
          exporter,
          "/probe?target=http://127.0.0.1",
          404,
          "there is no environment 'http://127.0.0.1'; the page at / has them all\n");
      refuses(
          exporter,
          "/probe?target=good&insecure=1",
          400,
          "there is no parameter 'insecure'; a probe takes target and pack\n");
      for (String path : List.of("/probes?target=good", "/probe/?target=good", "/metrics/all")) {
        refuses(exporter, path, 404, "");
      }
      for (String path : List.of("/probe?target=good", "/metrics", "/", "/-/healthy")) {
        HttpResponse<String> posted = ask(exporter, "POST", path);
        assertEquals(405, posted.statusCode(), path);
        assertEquals(List.of("GET, HEAD"), posted.headers().allValues("Allow"));
      }
      String own = get(exporter, "/metrics");
      assertTold(own, "meshcheck_exporter_probe_duration_seconds_count 0");
      assertTold(own, "meshcheck_exporter_answers_total{status=\"404\"} 2.0");
    }
  }

  private static void refuses(Exporter exporter, String path, int status, String body)
      throws Exception {
    HttpResponse<String> answer = ask(exporter, "GET", path);
    assertEquals(status, answer.statusCode(), path);
    assertEquals(body, answer.body());
  }

  @Test
  void thePageLeadsToEachEnvironment() throws Exception {
    try (Exporter exporter = usual()) {
      String page = get(exporter, "/");
      assertTrue(
          page.contains("<a rel=\"nofollow\" href=\"/probe?target=keyless\">keyless</a>"), page);
      assertTrue(page.contains("stage=&lt;b&gt;&amp;"), page);
      assertTrue(page.contains("href=\"/metrics\""), page);
      assertEquals("Exporter is healthy.\n", get(exporter, "/-/healthy"));
      for (String path : List.of("/", "/metrics", "/-/healthy", "/probe?target=good")) {
        HttpResponse<String> head = ask(exporter, "HEAD", path, "Accept-Encoding", "gzip");
        assertEquals(200, head.statusCode(), path);
        assertEquals("", head.body(), path);
      }
    }
  }

  @Test
  void prometheusGetsTheFormatThatItLikes() throws Exception {
    String protobuf =
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";
    try (Exporter exporter = usual()) {
      for (String path : List.of("/metrics", "/probe?target=good")) {
        assertEquals(
            "application/openmetrics-text; version=1.0.0; charset=utf-8",
            type(
                ask(
                    exporter,
                    "GET",
                    path,
                    "Accept",
                    "application/openmetrics-text;version=1.0.0")));
        String both = protobuf + ";q=0.6,text/plain;version=0.0.4;q=0.4";
        assertTrue(
            type(ask(exporter, "GET", path, "Accept", both)).startsWith("application/vnd.google"));
        assertEquals("text/plain; version=0.0.4; charset=utf-8", type(ask(exporter, "GET", path)));
      }
    }
  }

  private static String type(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.headers().firstValue("Content-Type").orElseThrow();
  }

  @Test
  void reportsAreKeptWhereTheyAreAskedFor() throws Exception {
    flags.put(Setting.REPORTS, folder.resolve("kept").toString());
    flags.put(Setting.KEEP, "1");
    try (Exporter exporter = usual()) {
      for (int i = 0; i < 3; i++) {
        get(exporter, "/probe?target=good");
      }
    }
    // The newest, and the one that it was compared with.
    try (Stream<Path> runs = Files.list(folder.resolve("kept/environments/good/runs"))) {
      assertEquals(2, runs.count());
    }
  }

  @Test
  void aMistakeIsFoundAtTheStart() throws Exception {
    String yaml = "environments: [{name: one, host: '" + gateway.url() + "'%s}]";
    assertEquals(
        "targets.yaml:1:16: one: --select 'helth.*' matches no check; './run.sh list' prints them",
        refused(() -> exporter(yaml.formatted(", select: 'helth.*'"))));
    assertTrue(
        refused(() -> exporter(yaml.formatted(""), "no.such.host.invalid", 0))
            .startsWith("--listen 'no.such.host.invalid' is no address of this machine; "));
    flags.put(Setting.BASELINE, "latest");
    assertEquals(
        "--baseline compares with reports, and an exporter keeps none by itself; name a directory with --reports",
        refused(() -> exporter(yaml.formatted(""))));
    flags.clear();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String said =
          refused(() -> exporter(yaml.formatted(""), ExporterCommand.LISTEN, taken.getLocalPort()));
      assertTrue(
          said.startsWith("the exporter cannot listen on port " + taken.getLocalPort()), said);
      assertTrue(said.endsWith("; name another with --port or --listen"), said);
    }
    assertFalse(console.toString().contains("Ctrl-C"), console.toString());
  }

  /** Starts an exporter. */
  private interface Start {
    Exporter now() throws IOException;
  }

  private static String refused(Start start) {
    return assertThrows(UsageException.class, () -> start.now().close()).getMessage();
  }
}
