package dev.meshcheck.suites.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import dev.meshcheck.fixtures.gateway.fault.Profile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines that people run, in their own dialects: what is legal passes, and the rest is argued. */
class ProfilesTest {

  @TempDir Path scratch;

  @Test
  void vllmIsGreenWhereNobodyPromisesMore() throws Exception {
    assertEquals(Map.of(), found(Profile.VLLM, "openai-compatible"));
  }

  @Test
  void vllmBehindAGatewayLacksOnlyTheFramingOfResponses() throws Exception {
    Map<String, String> found = found(Profile.VLLM, "serverless");

    assertEquals(
        Map.of(
            "responses-stream.ends-with-done", "failed",
            "responses-stream.is-data-only", "failed"),
        found);
    JsonNode causes = report().path("causes");
    assertEquals(
        List.of("responses-in-vllm-framing"), causes.findValuesAsText("cause"), causes::toString);
  }

  @Test
  void everyFindingOnSglangIsArguedFor() throws Exception {
    Map<String, String> expected = new TreeMap<>();
    for (String line : resource("sglang.tsv").lines().toList()) {
      String[] parts = line.split("\t", -1);
      assertTrue(parts.length == 3 && parts[2].length() > 20, line);
      expected.put(parts[0], parts[1]);
    }

    assertEquals(expected, found(Profile.SGLANG, "openai-compatible"));
  }

  /** The checks that did not pass, and how. */
  private Map<String, String> found(Profile profile, String surface) throws Exception {
    GatewayOptions options =
        GatewayOptions.of(GatewaySurface.SERVERLESS).withFaults(profile.changes());
    try (ReferenceGateway gateway = ReferenceGateway.start(options)) {
      Command.Ended run =
          Cli.of(scratch, gateway)
              .run("verify", "--host", gateway.url().toString(), "--surface", surface);
      assertTrue(run.exit() <= 1, run::err);
    }
    Map<String, String> found = new TreeMap<>();
    for (JsonNode result : report().path("results")) {
      String outcome = result.path("outcome").asText();
      if (List.of("failed", "warned", "could-not-run").contains(outcome)) {
        found.put(result.path("check").asText(), outcome);
      }
    }
    return found;
  }

  private JsonNode report() throws IOException {
    return Json.read(scratch.resolve("reports/latest").toRealPath());
  }

  private static String resource(String name) throws IOException {
    try (InputStream file = ProfilesTest.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
