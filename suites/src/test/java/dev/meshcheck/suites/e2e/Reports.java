package dev.meshcheck.suites.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.meshcheck.reports.model.ReportJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A directory of reports, read by nothing that wrote it. */
record Reports(Path directory) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(ReportJson.schema());

  /** What a run writes that is told to write everything. */
  static final List<String> FILES =
      List.of(
          "allure-results",
          "badge.json",
          "badge.svg",
          "exchanges.har",
          "junit.xml",
          "metrics.prom",
          "report.html",
          "report.json",
          "summary.md");

  /** The directories of all runs, in the order of their time. */
  List<Path> runs() throws IOException {
    if (!Files.isDirectory(directory.resolve("runs"))) {
      return List.of();
    }
    try (Stream<Path> runs = Files.list(directory.resolve("runs"))) {
      return runs.sorted().toList();
    }
  }

  /** The report of a run, which is valid. */
  static JsonNode valid(Path run) throws IOException {
    JsonNode report = Json.read(run);
    assertEquals(List.of(), SCHEMA.validate(report), run.toString());
    return report;
  }

  /** The report that latest points at, which is valid. */
  JsonNode latest() throws IOException {
    return valid(directory.resolve("latest"));
  }

  /** The lines of the history, each of them JSON. */
  List<JsonNode> history() throws IOException {
    Path file = directory.resolve("history.jsonl");
    List<JsonNode> lines = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        lines.add(JSON.readTree(line));
      }
    }
    return lines;
  }

  /** The names in a directory. */
  static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return List.copyOf(new TreeSet<>(files.map(f -> f.getFileName().toString()).toList()));
    }
  }
}
