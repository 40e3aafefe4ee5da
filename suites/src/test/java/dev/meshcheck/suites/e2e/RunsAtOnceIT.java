package dev.meshcheck.suites.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that write into one directory at once do not disturb each other. */
@Tag("long")
class RunsAtOnceIT {

  private static final int PAIRS = Integer.getInteger("meshcheck.pairs", 20);

  @TempDir private Path scratch;

  @Test
  void eachRunOfAPairIsWhole() throws Exception {
    Reports reports = new Reports(scratch.resolve("reports"));
    try (ReferenceGateway gateway =
        ReferenceGateway.start(GatewayOptions.of(GatewaySurface.SERVERLESS))) {
      for (int i = 0; i < PAIRS; i++) {
        List<Process> pair = new ArrayList<>();
        for (String one : List.of("one", "two")) {
          Path own = Files.createDirectories(scratch.resolve(one));
          pair.add(
              Command.run(own, "verify", "--host", gateway.url().toString())
                  .with("MESHCHECK_REPORTS", reports.directory().toString())
                  .with("SERVERLESS_API_KEY", gateway.credentials().inferenceKey())
                  .start());
        }
        for (Process process : pair) {
          assertTrue(process.waitFor(3, TimeUnit.MINUTES));
          assertEquals(0, process.exitValue());
        }
        assertTrue(reports.latest().path("run").path("complete").asBoolean());
      }
    }
    Set<String> told = new HashSet<>();
    for (JsonNode line : reports.history()) {
      assertTrue(line.path("targets").size() > 0);
      told.add(line.path("run").asText());
    }
    assertEquals(2 * PAIRS, reports.history().size());
    Set<String> left = new HashSet<>();
    for (Path run : reports.runs()) {
      assertTrue(Reports.valid(run).path("run").path("complete").asBoolean());
      assertEquals(Reports.FILES, Reports.names(run));
      left.add(run.getFileName().toString());
    }
    assertEquals(told, left);
    assertEquals(2 * PAIRS, left.size());
    assertEquals(List.of("history.jsonl", "latest", "runs"), Reports.names(reports.directory()));
  }
}
