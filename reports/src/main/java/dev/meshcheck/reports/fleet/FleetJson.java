package dev.meshcheck.reports.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.reports.model.JsonFormat;
import dev.meshcheck.reports.model.LaterFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Reads and writes fleet.json: an environment on each line, so that a large fleet stays small. */
public final class FleetJson {

  private FleetJson() {}

  /** The text of fleet.json. */
  public static String write(FleetReport report) {
    FleetReport head =
        new FleetReport(report.schemaVersion(), report.tool(), report.night(), List.of());
    String frame = json(head);
    String environments =
        report.environments().stream()
            .map(FleetJson::json)
            .collect(Collectors.joining(",\n", "[\n", "\n]"));
    int at = frame.lastIndexOf("[]");
    return frame.substring(0, at)
        + (report.environments().isEmpty() ? "[]" : environments)
        + frame.substring(at + 2)
        + "\n";
  }

  private static String json(Object value) {
    try {
      return JsonFormat.writer().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("the night cannot be written as JSON", e);
    }
  }

  /**
   * The night in that text.
   *
   * @throws IOException where it is none, or one of a later version of the format
   */
  public static FleetReport read(String text) throws IOException {
    JsonNode tree = JsonFormat.reader().readTree(text);
    int version = tree.path("schemaVersion").asInt();
    if (version < 1 || !tree.path("night").isObject()) {
      throw new IOException("it has no schemaVersion, or no night");
    }
    if (version > FleetReport.SCHEMA_VERSION) {
      throw new LaterFormatException(version, FleetReport.SCHEMA_VERSION);
    }
    return JsonFormat.reader().treeToValue(tree, FleetReport.class);
  }

  /** The JSON Schema (2020-12) that every fleet.json meets. */
  public static String schema() {
    try (InputStream file = FleetJson.class.getResourceAsStream("fleet.schema.json")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the schema of fleet.json cannot be read", e);
    }
  }
}
