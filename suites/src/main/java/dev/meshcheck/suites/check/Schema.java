package dev.meshcheck.suites.check;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.meshcheck.reports.outcome.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The documented shapes of bodies, as JSON Schema 2020-12 files beside the suites. */
public final class Schema {

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Map<String, com.networknt.schema.Schema> READ = new ConcurrentHashMap<>();
  private static final int MOST_SAID = 5;

  private Schema() {}

  /**
   * Fails with every place where the document leaves the shape.
   *
   * @param name the file's name without {@code .schema.json}
   */
  public static void mustHold(String name, Json document) {
    report(name, document, READ.computeIfAbsent(name, Schema::read).validate(document.node()));
  }

  /** Fails where the document leaves a shape that a check sent to the host itself. */
  public static void mustHold(
      String name, com.fasterxml.jackson.databind.JsonNode schema, Json document) {
    report(name, document, REGISTRY.getSchema(schema).validate(document.node()));
  }

  /** Whether the document keeps the shape. */
  static boolean holds(String name, com.fasterxml.jackson.databind.JsonNode document) {
    return READ.computeIfAbsent(name, Schema::read).validate(document).isEmpty();
  }

  private static void report(String name, Json document, List<Error> errors) {
    if (errors.isEmpty()) {
      return;
    }
    String said =
        errors.stream().limit(MOST_SAID).map(Schema::said).collect(Collectors.joining("; "));
    throw new Failure(
        Reason.SCHEMA_MISMATCH,
        document.place() + " does not have the documented shape: " + said,
        "the shape of " + name,
        said);
  }

  /** Where and what; of the document as a whole nobody needs to be told where. */
  private static String said(Error error) {
    String place = error.getInstanceLocation().toString();
    return place.isEmpty() ? error.getMessage() : place + ": " + error.getMessage();
  }

  private static com.networknt.schema.Schema read(String name) {
    String file = "/dev/meshcheck/suites/schemas/" + name + ".schema.json";
    try (InputStream stream = Schema.class.getResourceAsStream(file)) {
      return REGISTRY.getSchema(Json.MAPPER.readTree(stream));
    } catch (IOException e) {
      throw new UncheckedIOException("the schema " + file + " is broken", e);
    }
  }
}
