package dev.meshcheck.suites.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at whatever moment leaves what can be read, and nothing that goes on. */
@Tag("long")
class KilledRunsIT {

  private static final int KILLS = Integer.getInteger("meshcheck.kills", 50);

  /** Which moments are tried; the same seed tries the same. */
  private static final long SEED = Long.getLong("meshcheck.seed", System.nanoTime());

  @TempDir private Path scratch;

  @Test
  void killsLeaveValidReportsAndNoProcess() throws Exception {
    Path home = Project.at(scratch.resolve("project"));
    Reports reports = new Reports(scratch.resolve("reports"));
    Random moments = new Random(SEED);
    Set<Path> seen = new HashSet<>();
    int reported = 0;
    int ended = 0;
    GatewayOptions slow =
        GatewayOptions.of(GatewaySurface.SERVERLESS).withLatency(Duration.ofMillis(100));
    try (ReferenceGateway gateway = ReferenceGateway.start(slow)) {
      for (int i = 0; i < KILLS; i++) {
        Process process =
            Command.at(home, scratch, "verify", "--host", gateway.url().toString())
                .with("SERVERLESS_API_KEY", gateway.credentials().inferenceKey())
                .start();
        if (process.waitFor(moments.nextInt(8_000), TimeUnit.MILLISECONDS)) {
          ended++;
        }
        // The script alone: what it started has to notice by itself.
        process.destroyForcibly().waitFor();
        Awaitility.await()
            .dontCatchUncaughtExceptions()
            .atMost(Duration.ofSeconds(30))
            .until(() -> running(home).isEmpty());

        reported += check(reports, seen, "kill " + i + " of seed " + SEED);
      }
      System.out.println(
          "seed %d: %d kills, %d runs had ended, %d reports, all valid"
              .formatted(SEED, KILLS, ended, reported));
      // What was killed is in nobody's way.
      Command.Ended last =
          Command.at(home, scratch, "verify", "--host", gateway.url().toString())
              .with("SERVERLESS_API_KEY", gateway.credentials().inferenceKey())
              .end();
      assertEquals(0, last.exit(), last.out() + last.err());
      assertTrue(reports.latest().path("run").path("complete").asBoolean());
      assertEquals(List.of(), drafts(home));
    }
  }

  /** How many runs left a report since the last time; all that did left a valid one. */
  private static int check(Reports reports, Set<Path> seen, String moment) throws IOException {
    int reported = 0;
    for (Path run : reports.runs()) {
      if (!seen.add(run)) {
        continue;
      }
      // A run that was killed before its first report has only its directory.
      if (Files.exists(run.resolve("report.json"))) {
        JsonNode report = Reports.valid(run);
        assertEquals(run.getFileName().toString(), report.path("run").path("id").asText(), moment);
        reported++;
      }
      long unfinished = Reports.names(run).stream().filter(n -> n.endsWith(".tmp")).count();
      assertTrue(unfinished <= 1, () -> moment + ": " + run);
    }
    if (Files.exists(reports.directory().resolve("latest"), LinkOption.NOFOLLOW_LINKS)) {
      assertTrue(reports.latest().path("run").has("id"), moment);
    }
    for (JsonNode line : reports.history()) {
      assertTrue(line.path("run").isTextual(), moment);
    }
    return reported;
  }

  private static List<ProcessHandle> running(Path home) {
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().orElse("").contains(home.toString()))
        .toList();
  }

  /** Archives of classes that nobody finished. */
  private static List<Path> drafts(Path home) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("suites/target"))) {
      return files.filter(f -> f.getFileName().toString().matches(".*\\.jsa\\..*")).toList();
    }
  }
}
