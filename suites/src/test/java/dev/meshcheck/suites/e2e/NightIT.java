package dev.meshcheck.suites.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import dev.meshcheck.fixtures.gateway.fault.Faults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./run.sh nightly} as a process, over a file of environments of which some are bad. */
class NightIT {

  private static final List<String> FAULTS =
      List.of("health-html", "chat-usage-total-off-by-one", "version-html");

  @TempDir private Path scratch;

  private final List<ReferenceGateway> gateways = new ArrayList<>();

  @AfterEach
  void stop() {
    gateways.forEach(ReferenceGateway::close);
  }

  private ReferenceGateway gateway(Duration latency, String... faults) {
    ReferenceGateway gateway =
        ReferenceGateway.start(
            GatewayOptions.of(GatewaySurface.SERVERLESS)
                .withLatency(latency)
                .withFaults(
                    Stream.of(faults).map(name -> Faults.named(name).orElseThrow()).toList()));
    gateways.add(gateway);
    return gateway;
  }

  private Command nightly(String yaml, String... options) throws IOException {
    Files.writeString(scratch.resolve("targets.yaml"), yaml);
    String[] words = Stream.concat(Stream.of("nightly"), Stream.of(options)).toArray(String[]::new);
    return Command.run(scratch, words)
        .with("FLEET_KEY", gateways.get(0).credentials().inferenceKey())
        // What a single run would judge must not lead anywhere here.
        .with("MESHCHECK_HOST", "http://127.0.0.1:1")
        .with("GATEWAY_BASE", "http://127.0.0.1:1")
        .with("TENSORMESH_CONTROL_PLANE_BASE_URL", "http://127.0.0.1:1")
        .with("TENSORMESH_CONTROL_PLANE_TOKEN", "token-of-nobody");
  }

  @Test
  void eachIsToldAndNoneEndsTheNight() throws Exception {
    String good = gateway(Duration.ZERO).url().toString();
    StringBuilder yaml =
        new StringBuilder(
            """
            defaults:
              surface: serverless
              inference-key: ${FLEET_KEY}
              pack: smoke
              labels: { stage: production }
            environments:
              - { name: good, host: "%1$s" }
              - { name: keyless, host: "%1$s", inference-key: "${NOT_THERE}" }
              - { name: wrong-key, host: "%1$s", inference-key: "${WRONG_KEY}" }
              - { name: dead, host: "http://127.0.0.1:%2$d" }
              - { name: lab, host: "%1$s", labels: { stage: lab } }
            """
                .formatted(good, freePort()));
    for (String fault : FAULTS) {
      yaml.append(
          "  - { name: %s, host: \"%s\" }\n".formatted(fault, gateway(Duration.ZERO, fault).url()));
    }

    Command.Ended ended =
        nightly(yaml.toString(), "--label", "stage=production")
            .with("WRONG_KEY", "ak-wrong-0123456789abcdef")
            .with("MESHCHECK_REPORT", "html")
            .end();

    String all = ended.out() + ended.err();
    assertEquals(1, ended.exit(), all);
    assertEquals("", ended.err());
    assertTrue(all.startsWith("Meshcheck "), all);
    assertTrue(all.contains("nightly, 7 environments of 8 in targets.yaml"), all);
    assertTrue(line(all, "good").startsWith("pass   good  PASSED  "), all);
    assertTrue(line(all, "dead").startsWith("down   dead  UNREACHABLE: "), all);
    assertTrue(
        line(all, "wrong-key")
            .startsWith("error  wrong-key  NOT JUDGED: the host does not accept this key  "),
        all);
    assertEquals(
        "error  keyless  could not run: inference-key (from targets.yaml:8) needs the variable"
            + " NOT_THERE, which is not set or empty",
        line(all, "keyless"));
    for (String fault : FAULTS) {
      assertTrue(line(all, fault).startsWith("FAIL   " + fault + "  FAILED: "), all);
    }
    assertTrue(
        all.contains("7 environments: 1 passed, 3 failed, 2 could not be judged, 1 not reached · "),
        all);
    assertTrue(all.contains("exit 1: a host breaks its contract"), all);
    assertFalse(all.contains("lab  "), all);
    assertFalse(all.contains("wrong-0123456789"), all);
    for (String name : List.of("good", "dead", "wrong-key", "health-html")) {
      JsonNode report = report(name);
      assertTrue(report.path("run").path("complete").asBoolean(), name);
      assertEquals(name, report.at("/targets/0/environment").asText(), name);
      assertEquals(1, report.path("targets").size(), name);
    }
    assertEquals(
        List.of(
            "chat-usage-total-off-by-one",
            "dead",
            "good",
            "health-html",
            "keyless",
            "version-html",
            "wrong-key"),
        Reports.names(scratch.resolve("reports/environments")));
  }

  @Test
  void aNightThatIsToldToEndKeepsWhatHasEnded() throws Exception {
    String good = gateway(Duration.ZERO).url().toString();
    String slow = gateway(Duration.ofSeconds(20)).url().toString();
    String yaml =
        """
        defaults: { surface: serverless, inference-key: "${FLEET_KEY}", pack: smoke }
        environments:
          - { name: done, host: "%1$s", select: "health.*" }
          - { name: slow-1, host: "%2$s" }
          - { name: slow-2, host: "%2$s" }
          - { name: waiting-1, host: "%1$s" }
          - { name: waiting-2, host: "%1$s" }
        """
            .formatted(good, slow);

    Process process = nightly(yaml, "--at-once", "2").start();
    Awaitility.await()
        .dontCatchUncaughtExceptions()
        .atMost(Duration.ofSeconds(60))
        .until(() -> read().contains("  done  PASSED") && Files.exists(environment("slow-2")));
    process.destroy();
    long from = System.nanoTime();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    System.out.println("ended after ms " + Duration.ofNanos(System.nanoTime() - from).toMillis());

    assertEquals(3, process.exitValue(), read());
    String all = read();
    assertTrue(line(all, "slow-1").startsWith("error  slow-1  CUT SHORT  "), all);
    assertTrue(line(all, "slow-2").startsWith("error  slow-2  CUT SHORT  "), all);
    assertTrue(all.contains("CUT SHORT  5 environments: 1 passed, 4 could not be judged"), all);
    assertTrue(all.contains("exit 3: the night was interrupted"), all);
    assertTrue(report("done").path("run").path("complete").asBoolean());
    assertFalse(report("slow-1").path("run").path("complete").asBoolean());
    assertEquals(3, report("slow-2").path("run").path("exitCode").asInt());
    assertFalse(Files.exists(environment("waiting-2").resolve("runs")));
  }

  @Test
  void aMistakeSendsNothing() throws Exception {
    gateway(Duration.ZERO);
    Command.Ended ended =
        nightly("environments:\n  - name: a\n    hots: https://a.example\n").end();

    assertEquals(2, ended.exit());
    assertEquals(
        "meshcheck: targets.yaml:3:5: there is no option 'hots' for an environment; did you mean 'host'?"
            + " docs/settings.md has them all\n",
        ended.err());
    assertEquals("", ended.out());
    assertFalse(Files.exists(scratch.resolve("reports")));
  }

  @Test
  void settingsAreShownWithTheirPlaces() throws Exception {
    String good = gateway(Duration.ZERO).url().toString();
    Command.Ended ended =
        nightly(
                """
                environments:
                  - { name: a, host: "%s/v1", inference-key: "${FLEET_KEY}", timeout: 5m, labels: { b: c } }
                """
                    .formatted(good),
                "--show-settings",
                "--pack",
                "smoke")
            .end();

    assertEquals(0, ended.exit(), ended.err());
    assertTrue(ended.out().startsWith("a at targets.yaml:2:5\n"), ended.out());
    for (String line :
        List.of(
            "labels b=c",
            "host " + good + "/v1 (from targets.yaml:2)",
            "inference-key ak-…3f9c (from targets.yaml:2 (FLEET_KEY))",
            "timeout 5m (from targets.yaml:2)",
            "pack smoke (from --pack)",
            "run-timeout 600 (default of nightly)")) {
      assertTrue(ended.out().replaceAll(" +", " ").contains(" " + line + "\n"), line + ended.out());
    }
    assertFalse(ended.out().contains("127.0.0.1:1 "), ended.out());
  }

  private static String line(String all, String name) {
    return all.lines()
        .filter(line -> line.contains("  " + name + "  "))
        .findFirst()
        .orElse("no line of " + name);
  }

  private String read() {
    try {
      return Files.readString(scratch.resolve("out"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path environment(String name) {
    return scratch.resolve("reports/environments").resolve(name);
  }

  private JsonNode report(String name) throws IOException {
    return new Reports(environment(name)).latest();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
