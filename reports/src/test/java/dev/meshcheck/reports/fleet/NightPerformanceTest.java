package dev.meshcheck.reports.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.meshcheck.fixtures.settings.Readers;
import dev.meshcheck.reports.model.ReportJson;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the performance pack measured is told of a night, too. */
class NightPerformanceTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path reports;

  private static RunReport measured() throws IOException {
    ObjectNode run =
        (ObjectNode) JSON.readTree(ReportJson.write(Nights.run("eu", "r", Nights.failing())));
    run.set(
        "performance",
        JSON.readTree(
            """
            [{"target": "serverless",
              "load": [
                {"inFlight": 1, "streams": 5, "firstTokenMs": 40.0, "firstTokenP95Ms": 55.5, "tokensPerSecond": 80.0},
                {"inFlight": 8, "streams": 16, "firstTokenMs": 90.0, "firstTokenP95Ms": 120.0, "tokensPerSecond": 60.0,
                 "togetherPerSecond": 400.0}],
              "cache": {"prompts": 3, "coldMs": 300.0, "warmMs": 60.0, "speedUp": 5.0}}]
            """));
    return ReportJson.read(run.toString());
  }

  @Test
  void metricsTellItInSeconds() throws IOException {
    String text = RunMetrics.of(measured()).text();
    for (String series :
        List.of(
            "first_token_seconds{environment=\"eu\",in_flight=\"1\",quantile=\"0.5\",target=\"serverless\"} 0.04",
            "first_token_seconds{environment=\"eu\",in_flight=\"8\",quantile=\"0.95\",target=\"serverless\"} 0.12",
            "tokens_per_second{environment=\"eu\",in_flight=\"8\",of=\"all\",target=\"serverless\"} 400.0",
            "tokens_per_second{environment=\"eu\",in_flight=\"1\",of=\"stream\",target=\"serverless\"} 80.0",
            "long_prompt_first_token_seconds{cache=\"warm\",environment=\"eu\",target=\"serverless\"} 0.06")) {
      assertTrue(text.contains("meshcheck_performance_" + series + "\n"), text);
    }
    assertFalse(text.contains("in_flight=\"1\",of=\"all\""), "what nobody measured is absent");
  }

  @Test
  void theFileOfTheNightKeepsIt() throws IOException {
    Environment eu = Nights.environment("eu");
    NightLog log = NightLog.open(reports, Nights.night(0), List.of(eu), Readers.OWNER);
    log.ended(eu, measured());
    FleetReport night = log.finish(Nights.FIRST, true, ExitCode.BROKEN_CONTRACT);

    String json = Files.readString(log.directory().resolve("fleet.json"));
    assertEquals(
        List.of(),
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(FleetJson.schema())
            .validate(JSON.readTree(json)));
    assertEquals(
        night.environments().get(0).performance(),
        FleetJson.read(json).environments().get(0).performance());
  }

  @Test
  void aNightOfBeforeIsReadWithoutIt() throws IOException {
    FleetReport night = Nights.five(reports, 0);
    assertTrue(night.environments().stream().allMatch(one -> one.performance().isEmpty()));
    assertFalse(
        Files.readString(reports.resolve("latest-night/fleet.json")).contains("performance"));
  }
}
