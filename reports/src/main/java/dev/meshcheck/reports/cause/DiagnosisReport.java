package dev.meshcheck.reports.cause;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.meshcheck.reports.model.Tool;
import dev.meshcheck.reports.text.PlainJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A diagnosis as it is told: this is what {@code diagnose --json} prints, field by field.
 * Everything in it is redacted.
 *
 * @param schemaVersion of this format; grows when a field changes its meaning or goes away
 * @param tool what wrote it
 * @param targets whom it is about
 * @param layers what was looked at, in order
 * @param causes what is wrong, in the order in which it has to be put right
 * @param requests how many were sent
 * @param tokens the sum of the usage that the hosts reported
 * @param durationMs milliseconds
 * @param exitCode what the process exits with
 */
public record DiagnosisReport(
    int schemaVersion,
    Tool tool,
    List<TargetLine> targets,
    List<LayerReport> layers,
    List<CauseLine> causes,
    int requests,
    long tokens,
    long durationMs,
    int exitCode) {

  /** The version of the format that this code writes. */
  public static final int SCHEMA_VERSION = 1;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(PlainJson.factory())
          .addModule(new Jdk8Module())
          .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
          .build();

  /** A target: name, surface, host and, where it is known, the model. */
  public record TargetLine(String name, String surface, String host, Optional<String> model) {}

  /** How a layer was found. */
  public enum State {
    OK,
    /** Something in it has to be put right. */
    BROKEN,
    /** It was not looked at, because a lower one is broken. */
    NOT_REACHED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** One layer: how it was found, and what was seen, a line each. */
  public record LayerReport(Layer layer, State state, List<String> seen) {}

  /**
   * One cause.
   *
   * @param cause the slug
   * @param target the name of the target, or {@code settings}
   * @param harmless whether requests are answered all the same
   * @param suspicion whether it is no more than that
   * @param settle what would settle a suspicion
   * @param ruledOut why it is none of the causes that look alike
   */
  public record CauseLine(
      String cause,
      String target,
      Layer layer,
      String title,
      double confidence,
      boolean harmless,
      boolean suspicion,
      Optional<String> settle,
      List<String> evidence,
      List<Diagnosed.RuledOut> ruledOut,
      List<String> next,
      Optional<String> source) {}

  /** The text that {@code --json} prints. */
  public String json() {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("the diagnosis cannot be written as JSON", e);
    }
  }

  /** The JSON Schema (2020-12) that every such text meets. */
  public static String schema() {
    try (InputStream file = DiagnosisReport.class.getResourceAsStream("diagnosis.schema.json")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the schema of diagnoses cannot be read", e);
    }
  }
}
