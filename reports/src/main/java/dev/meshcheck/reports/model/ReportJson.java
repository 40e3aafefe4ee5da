package dev.meshcheck.reports.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads and writes report.json. */
public final class ReportJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
          .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          // A later version may add fields; an older reader still compares what it knows.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          // Half a report is none: whatever may be absent is an Optional.
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
          .build();

  private ReportJson() {}

  /** The text of report.json, indented. */
  public static String write(RunReport report) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
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
    JsonNode tree = MAPPER.readTree(json);
    int version = tree.path("schemaVersion").asInt();
    if (version > RunReport.SCHEMA_VERSION) {
      throw new LaterFormatException(version);
    }
    if (version < 1) {
      throw new IOException("it has no schemaVersion");
    }
    return MAPPER.treeToValue(tree, RunReport.class);
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
