package dev.meshcheck.reports.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads and writes report.json. */
public final class ReportJson {

  private ReportJson() {}

  /** The text of report.json, indented. */
  public static String write(RunReport report) {
    try {
      return JsonFormat.writer().withDefaultPrettyPrinter().writeValueAsString(report) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("the report cannot be written as JSON", e);
    }
  }

  /**
   * The report in that text.
   *
   * @throws IOException where it is no report, or one of a later version of the format
   */
  public static RunReport read(String json) throws IOException {
    JsonNode tree = JsonFormat.reader().readTree(json);
    int version = tree.path("schemaVersion").asInt();
    if (version > RunReport.SCHEMA_VERSION) {
      throw new LaterFormatException(version, RunReport.SCHEMA_VERSION);
    }
    if (version < 1) {
      throw new IOException("it has no schemaVersion");
    }
    return JsonFormat.reader().treeToValue(tree, RunReport.class);
  }

  /** The JSON Schema (2020-12) that every report.json meets. */
  public static String schema() {
    try (InputStream file = ReportJson.class.getResourceAsStream("report.schema.json")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the schema of report.json cannot be read", e);
    }
  }
}
