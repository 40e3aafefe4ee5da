package dev.meshcheck.suites.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.gateway.Fault;
import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import dev.meshcheck.fixtures.gateway.fault.Faults;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./run.sh exporter} as a process, asked as Prometheus asks. */
class ExporterIT {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern STARTED =
      Pattern.compile(
          "^Meshcheck \\S+: exporter, 5 environments of targets.yaml at (http://127\\.0\\.0\\.1:\\d+), 16 probes at once\n");

  @TempDir private Path scratch;

  private final List<ReferenceGateway> gateways = new ArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final CompletableFuture<Boolean> open = new CompletableFuture<>();
  private Optional<Process> process = Optional.empty();
  private String url = "";

  @AfterEach
  void stop() {
    boolean unused = open.complete(true);
    process.ifPresent(Process::destroyForcibly);
    gateways.forEach(ReferenceGateway::close);
  }

  private ReferenceGateway gateway(Duration latency, Fault... faults) {
    ReferenceGateway gateway =
        ReferenceGateway.start(
            GatewayOptions.of(GatewaySurface.SERVERLESS).withLatency(latency).withFaults(faults));
    gateways.add(gateway);
    return gateway;
  }

  /** Counts what comes, and lets it wait. */
  private Fault counting() {
    Hooks hooks =
        Hooks.onCall(
            call -> {
              asked.incrementAndGet();
              open.join();
              return call;
            });
    return new Fault(
        "counting", "Counts", Fault.Kind.VARIATION, Set.of(), Set.of(), false, () -> hooks);
  }

  private void start() throws IOException {
    ReferenceGateway good = gateway(Duration.ZERO);
    Files.writeString(
        scratch.resolve("targets.yaml"),
        """
        defaults: { surface: serverless, inference-key: "${FLEET_KEY}" }
        environments:
          - { name: good, host: "%s" }
          - { name: faulty, host: "%s" }
          - { name: slow, host: "%s" }
          - { name: dead, host: "http://127.0.0.1:%d" }
          - { name: counted, host: "%s" }
        """
            .formatted(
                good.url(),
                gateway(Duration.ZERO, Faults.named("health-html").orElseThrow()).url(),
                gateway(LONG).url(),
                freePort(),
                gateway(Duration.ZERO, counting()).url()));
    process =
        Optional.of(
            Command.run(scratch, "exporter", "--targets", "targets.yaml", "--port", "0")
                .without("MESHCHECK_REPORTS")
                .with("FLEET_KEY", good.credentials().inferenceKey())
                .with("MESHCHECK_HOST", "http://127.0.0.1:1")
                .start());
    Awaitility.await().atMost(LONG).until(() -> STARTED.matcher(read("out")).find());
    Matcher started = STARTED.matcher(read("out"));
    assertTrue(started.find());
    url = started.group(1);
  }

  private String read(String file) throws IOException {
    return Files.readString(scratch.resolve(file)).replaceAll("(?m)^Picked up .*\\R", "");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private CompletableFuture<HttpResponse<String>> asking(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
    return CLIENT.sendAsync(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        BodyHandlers.ofString());
  }

  private String metrics(String path, String... headers) {
    HttpResponse<String> answer = asking(path, headers).join();
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body();
  }

  private static void assertTold(String text, String line) {
    assertTrue(text.lines().anyMatch(line::equals), line + " is not in\n" + text);
  }

  @Test
  void prometheusIsToldHowEachIs() throws Exception {
    start();
    List<String> answers = new ArrayList<>();

    String good = metrics("/probe?target=good");
    assertTold(good, "meshcheck_probe_success{environment=\"good\"} 1.0");
    assertTold(good, "meshcheck_run_exit_code{environment=\"good\"} 0.0");
    answers.add(good);

    String faulty = metrics("/probe?target=faulty&pack=smoke");
    assertTold(faulty, "meshcheck_probe_success{environment=\"faulty\"} 0.0");
    assertTold(faulty, "meshcheck_run_exit_code{environment=\"faulty\"} 1.0");
    assertTold(
        faulty,
        "meshcheck_check_outcome{check=\"health.answers\",environment=\"faulty\",outcome=\"failed\",reason=\"html-instead-of-json\",target=\"serverless\"} 1.0");
    answers.add(faulty);

    String dead = metrics("/probe?target=dead");
    assertTold(dead, "meshcheck_probe_success{environment=\"dead\"} 0.0");
    assertTold(dead, "meshcheck_run_exit_code{environment=\"dead\"} 4.0");
    assertTold(
        dead,
        "meshcheck_cause{cause=\"connection-refused\",environment=\"dead\",target=\"serverless\"} 1.0");
    answers.add(dead);

    HttpResponse<String> unknown = asking("/probe?target=coounted").join();
    assertEquals(404, unknown.statusCode());
    assertEquals(
        "there is no environment 'coounted'; did you mean 'counted'? the page at / has them all\n",
        unknown.body());

    // A second before its time is over, so to speak: what is not answered by then could not run.
    String slow = metrics("/probe?target=slow", "X-Prometheus-Scrape-Timeout-Seconds", "3");
    assertTold(slow, "meshcheck_probe_success{environment=\"slow\"} 0.0");
    assertTold(slow, "meshcheck_run_exit_code{environment=\"slow\"} 3.0");
    assertTrue(slow.contains("outcome=\"could-not-run\",reason=\"run-timeout\""), slow);
    assertFalse(slow.contains("outcome=\"failed\""), slow);
    answers.add(slow);

    answers.add(metrics("/metrics"));
    for (String answer : answers) {
      assertEquals("", promtool(answer));
    }
    answers.add(metrics("/"));
    answers.add(unknown.body());
    // Even where somebody takes the key for a name.
    String key = gateways.get(0).credentials().inferenceKey();
    answers.add(asking("/probe?target=" + key).join().body());
    answers.add(asking("/probe?" + key + "=a").join().body());
    answers.add(read("out"));
    for (String answer : answers) {
      assertFalse(answer.contains(key), answer);
    }
    assertEquals("", read("err"));
    assertFalse(Files.exists(scratch.resolve("reports")));
  }

  private static String promtool(String metrics) throws Exception {
    if (!Files.isExecutable(Path.of("/usr/bin/promtool"))) {
      return "";
    }
    Path file = Files.createTempFile("metrics", ".prom");
    Path said = Files.createTempFile("promtool", ".txt");
    try {
      Files.writeString(file, metrics);
      Process promtool =
          new ProcessBuilder("promtool", "check", "metrics")
              .redirectInput(file.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      assertTrue(promtool.waitFor(1, TimeUnit.MINUTES));
      return Files.readString(said);
    } finally {
      Files.delete(file);
      Files.delete(said);
    }
  }

  @Test
  void fiftyThatAskAtOnceCostTheHostOneProbe() throws Exception {
    start();
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(asking("/probe?target=counted"));
    }
    Awaitility.await()
        .atMost(LONG)
        .until(() -> metrics("/metrics").contains("meshcheck_exporter_waiting 50.0"));
    assertTrue(open.complete(true));
    Set<String> bodies = all.stream().map(one -> one.join().body()).collect(Collectors.toSet());

    assertEquals(1, bodies.size(), bodies.toString());
    String answer = bodies.iterator().next();
    assertTold(answer, "meshcheck_probe_success{environment=\"counted\"} 1.0");
    assertTold(answer, "meshcheck_run_requests{environment=\"counted\"} " + asked.get() + ".0");
    String own = metrics("/metrics");
    assertTold(own, "meshcheck_exporter_probes_total{verdict=\"passed\"} 1.0");
    assertTold(own, "meshcheck_exporter_answers_total{status=\"200\"} 50.0");
    assertTold(own, "meshcheck_exporter_probes_in_flight 0.0");
    assertTold(own, "meshcheck_exporter_waiting 0.0");
  }

  @Test
  void toldToEndItEndsWhatRunsAndSaysNothingOfTheHost() throws Exception {
    start();
    CompletableFuture<HttpResponse<String>> slow = asking("/probe?target=slow");
    Awaitility.await()
        .atMost(LONG)
        .until(() -> metrics("/metrics").contains("meshcheck_exporter_probes_in_flight 1.0"));
    Process running = process.orElseThrow();
    running.destroy();
    long from = System.nanoTime();

    assertTrue(running.waitFor(LONG.toSeconds(), TimeUnit.SECONDS));
    System.out.println("ended after ms " + Duration.ofNanos(System.nanoTime() - from).toMillis());
    assertEquals(0, running.exitValue(), read("err"));
    HttpResponse<String> answer = slow.join();
    assertEquals(503, answer.statusCode());
    assertEquals("the exporter ends\n", answer.body());
    assertEquals(Optional.of("5"), answer.headers().firstValue("Retry-After"));
    assertEquals("", read("err"));
  }

  @Test
  void aWrongFileIsTheEnd() throws Exception {
    Files.writeString(scratch.resolve("targets.yaml"), "environments:\n  - name: a\n    hots: b\n");
    Command.Ended ended = Command.run(scratch, "exporter", "--targets", "targets.yaml").end();

    assertEquals(2, ended.exit());
    assertEquals(
        "meshcheck: targets.yaml:3:5: there is no option 'hots' for an environment; did you mean 'host'?"
            + " docs/settings.md has them all\n",
        ended.err());
  }
}
