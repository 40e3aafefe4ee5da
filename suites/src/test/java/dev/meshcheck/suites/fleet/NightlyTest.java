package dev.meshcheck.suites.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import dev.meshcheck.fixtures.gateway.fault.Faults;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.Sources;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.fleet.FleetChange;
import dev.meshcheck.reports.fleet.FleetReport;
import dev.meshcheck.reports.fleet.FleetStory;
import dev.meshcheck.reports.fleet.Night.Shard;
import dev.meshcheck.reports.fleet.NightDirectory;
import dev.meshcheck.reports.outcome.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night within this process. */
class NightlyTest {

  @TempDir private Path folder;

  private final StringWriter console = new StringWriter();
  private final Map<String, String> environment = new HashMap<>();
  private final Map<Setting, String> flags = new EnumMap<>(Setting.class);
  private ReferenceGateway good;

  @BeforeEach
  void start() {
    good = ReferenceGateway.start(GatewayOptions.of(GatewaySurface.SERVERLESS));
    environment.put("KEY", good.credentials().inferenceKey());
    flags.put(Setting.REPORTS, folder.resolve("reports").toString());
  }

  @AfterEach
  void stop() {
    good.close();
  }

  private ExitCode nightly(String yaml, List<String> globs, Optional<String> shard)
      throws IOException {
    Files.writeString(folder.resolve("targets.yaml"), yaml);
    Sources sources = new Sources(flags, Map.of(), environment, folder, folder, folder);
    NightlyCommand command =
        new NightlyCommand("targets.yaml", globs, List.of(), shard, 4, 16, false);
    return new Fleets(code -> {}).nightly(command, sources, new PrintWriter(console, true));
  }

  private String line(String name) {
    return console
        .toString()
        .lines()
        .filter(line -> line.contains("  " + name + "  "))
        .findFirst()
        .orElse("no line of " + name + " in:\n" + console);
  }

  @Test
  void everyEnvironmentHasItsOwnVerdictAndReports() throws IOException {
    int dead = freePort();
    try (ReferenceGateway faulty =
        ReferenceGateway.start(
            GatewayOptions.of(GatewaySurface.SERVERLESS)
                .withFaults(List.of(Faults.named("version-number").orElseThrow())))) {
      ExitCode code =
          nightly(
              """
              defaults:
                surface: serverless
                inference-key: ${KEY}
                select: [health.*, version.*]
              environments:
                - { name: good, host: "%1$s" }
                - { name: faulty, host: "%2$s" }
                - { name: dead, host: "http://127.0.0.1:%3$d" }
                - { name: keyless, host: "%1$s", inference-key: "${NOT_THERE}" }
                - { name: wrong-key, host: "%1$s", inference-key: "${WRONG}", select: "chat.*" }
                - { name: no-bundle, host: "%1$s", ca-bundle: gone.pem }
              """
                  .formatted(good.url(), faulty.url(), dead),
              List.of(),
              Optional.empty());

      assertEquals(ExitCode.BROKEN_CONTRACT, code);
    }
    assertTrue(line("good").startsWith("pass   good  PASSED  "), line("good"));
    assertTrue(
        line("faulty").startsWith("FAIL   faulty  FAILED: version.names-a-version  "),
        line("faulty"));
    assertTrue(line("dead").startsWith("down   dead  UNREACHABLE: "), line("dead"));
    assertEquals(
        "error  keyless  could not run: inference-key (from targets.yaml:9) needs the variable NOT_THERE, which is not set or empty",
        line("keyless"));
    assertTrue(line("wrong-key").contains("needs the variable WRONG"), line("wrong-key"));
    assertTrue(line("no-bundle").contains("gone.pem' (from targets.yaml:11) is not a file"));
    assertTrue(
        console
            .toString()
            .contains("6 environments: 1 passed, 1 failed, 3 could not be judged, 1 not reached"),
        console.toString());
    for (String name : List.of("good", "faulty", "dead")) {
      Path latest = folder.resolve("reports/environments").resolve(name).resolve("latest");
      assertTrue(Files.isRegularFile(latest.resolve("report.json")), name);
      assertTrue(Files.readString(latest.resolve("report.json")).contains("\"" + name + "\""));
    }
    assertFalse(Files.exists(folder.resolve("reports/environments/keyless/runs")));
    assertFalse(console.toString().contains(good.credentials().inferenceKey()));
  }

  @Test
  void lastNightIsWhatIsNewTonight() throws IOException {
    String yaml =
        """
        environments:
          - { name: old, host: "%s", surface: serverless, inference-key: "${KEY}",
              select: "version.*", baseline: latest, fail-on: new }
        """;
    try (ReferenceGateway faulty =
        ReferenceGateway.start(
            GatewayOptions.of(GatewaySurface.SERVERLESS)
                .withFaults(List.of(Faults.named("version-number").orElseThrow())))) {
      String file = yaml.formatted(faulty.url());

      assertEquals(ExitCode.BROKEN_CONTRACT, nightly(file, List.of(), Optional.empty()));
      FleetReport first = latest();
      assertEquals(ExitCode.PASSED, nightly(file, List.of(), Optional.empty()));

      // It passes, and nothing is fixed by that.
      assertEquals("", new FleetStory(latest()).changes());
      FleetChange change = FleetChange.between(first, latest());
      assertEquals("0 newly failing, 0 fixed, 1 still failing", change.headline());
    }
  }

  @Test
  void aDeadlineIsOfOneEnvironment() throws IOException {
    try (ReferenceGateway slow =
        ReferenceGateway.start(
            GatewayOptions.of(GatewaySurface.SERVERLESS).withLatency(Duration.ofSeconds(60)))) {
      ExitCode code =
          nightly(
              """
              defaults: { surface: serverless, inference-key: "${KEY}", select: "health.*" }
              environments:
                - { name: slow, host: "%s", run-timeout: 1 }
                - { name: good, host: "%s" }
              """
                  .formatted(slow.url(), good.url()),
              List.of(),
              Optional.empty());

      assertEquals(ExitCode.INCOMPLETE, code, console.toString());
    }
    assertTrue(line("good").startsWith("pass   good  "), line("good"));
    assertTrue(line("slow").startsWith("error  slow  INCOMPLETE: run-timeout, "), line("slow"));
  }

  @Test
  void eachModelIsJudgedByItself() throws IOException {
    ExitCode code =
        nightly(
            """
            environments:
              - { name: two, host: "%s", surface: serverless, inference-key: "${KEY}",
                  models: [%s, nobody/knows-it], select: models.lists-the-model }
            """
                .formatted(good.url(), good.model()),
            List.of(),
            Optional.empty());

    assertTrue(line("two").contains("  1 passed, 1 failed · "), line("two"));
    assertTrue(code != ExitCode.PASSED, code.toString());
    String report = Files.readString(folder.resolve("reports/environments/two/latest/report.json"));
    assertTrue(report.contains("\"serverless:nobody/knows-it\""));
  }

  @Test
  void aShardWithoutEnvironmentsIsFine() throws IOException {
    String yaml = "environments: [{name: one, host: '" + good.url() + "', select: 'health.*'}]";
    int mine = Shards.isOf(new Shard(1, 2), "one") ? 2 : 1;

    assertEquals(ExitCode.PASSED, nightly(yaml, List.of(), Optional.of(mine + "/2")));
    assertTrue(console.toString().contains("this shard has no environment"), console.toString());
  }

  @Test
  void mistakesAreFoundBeforeAnythingIsSent() {
    String yaml =
        """
        environments:
          - { name: first, host: "%s" }
          - { name: second, host: "%s", %s, inference-key: "${NOT_THERE}" }
        """;
    assertEquals(
        "targets.yaml:3:5: second: --select 'helth.*' matches no check; './run.sh list' prints them",
        refused(yaml.formatted(good.url(), good.url(), "select: 'helth.*'")));
    assertEquals(
        "targets.yaml:3:5: second: fail-on new needs something to compare with; say baseline: last-passed or accepted",
        refused(yaml.formatted(good.url(), good.url(), "fail-on: new")));
    assertFalse(Files.exists(folder.resolve("reports")));
  }

  @Test
  void whatIsOfOneEnvironmentIsNoFlag() {
    String yaml = "environments: [{name: one, host: '" + good.url() + "'}]";
    for (Setting setting : List.of(Setting.HOST, Setting.CONTROL_PLANE, Setting.NAME)) {
      flags.put(setting, "https://a.example");
      assertEquals(
          "--%s is of one environment; write it into the targets file, or judge that one alone with ./run.sh verify"
              .formatted(setting),
          refused(yaml));
      flags.remove(setting);
    }
    flags.put(Setting.REPORTS, "none");
    assertTrue(refused(yaml).startsWith("--reports none: a night is looked at in its reports"));
  }

  private String refused(String yaml) {
    return assertThrows(UsageException.class, () -> nightly(yaml, List.of(), Optional.empty()))
        .getMessage();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private FleetReport latest() {
    return NightDirectory.named("reports", folder, Optional.empty()).report();
  }
}
