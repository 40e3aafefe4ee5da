package dev.meshcheck.suites.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** Reads report.json as what it is: JSON. */
final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** The report in the directory of a run. */
  static JsonNode read(Path run) throws IOException {
    return MAPPER.readTree(run.resolve("report.json").toFile());
  }

  /** The ids of the checks in a list of results. */
  static Set<String> checks(JsonNode results) {
    Set<String> ids = new TreeSet<>();
    results.forEach(one -> ids.add(one.path("check").asText()));
    return ids;
  }

  /** The ids of the checks that failed. */
  static Set<String> failed(Path run) throws IOException {
    Set<String> ids = new TreeSet<>();
    for (JsonNode result : read(run).path("results")) {
      if (result.path("outcome").asText().equals("failed")) {
        ids.add(result.path("check").asText());
      }
    }
    return ids;
  }
}
