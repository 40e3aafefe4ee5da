package dev.meshcheck.reports.known;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.fixtures.surface.Surface;
import dev.meshcheck.fixtures.surface.Surfaces;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a list of known failures from YAML, with the line of every entry. */
public final class KnownFailuresFile {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final List<String> FIELDS =
      List.of("check", "surface", "target", "reason", "issue", "until");

  private final String name;

  private KnownFailuresFile(String name) {
    this.name = name;
  }

  /**
   * The list in that file.
   *
   * @throws UsageException where it cannot be understood: a list that is only half heard would let
   *     failures pass, or fail for what is expected
   */
  public static KnownFailures read(Path file) {
    KnownFailuresFile reader = new KnownFailuresFile(String.valueOf(file.getFileName()));
    try {
      return new KnownFailures(reader.name, reader.entries(Files.readString(file)));
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw reader.mistake(line, "is no YAML: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UsageException("known failures " + file + " cannot be read; name another file");
    }
  }

  private List<KnownFailure> entries(String text) throws IOException {
    List<KnownFailure> entries = new ArrayList<>();
    try (JsonParser parser = YAML.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null || first == JsonToken.VALUE_NULL) {
        return entries;
      }
      if (first != JsonToken.START_ARRAY) {
        throw mistake(1, "has to be a list: every entry begins with '- check: '");
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        int line = parser.currentTokenLocation().getLineNr();
        JsonNode entry = YAML.readTree(parser);
        entries.add(entry(line, entry));
      }
    }
    return entries;
  }

  private KnownFailure entry(int line, JsonNode entry) {
    if (!entry.isObject()) {
      throw mistake(line, "is no entry with the fields " + String.join(", ", FIELDS));
    }
    entry
        .fieldNames()
        .forEachRemaining(
            field -> {
              if (!FIELDS.contains(field)) {
                throw mistake(
                    line,
                    "has an unknown field '" + field + "'; there are " + String.join(", ", FIELDS));
              }
            });
    Optional<String> surface = text(line, entry, "surface");
    surface.ifPresent(
        s -> {
          if (Surfaces.named(s).isEmpty()) {
            List<String> names = Surfaces.all().stream().map(Surface::name).toList();
            throw mistake(line, "has no surface of ours; it is one of " + String.join(", ", names));
          }
        });
    return new KnownFailure(
        line,
        new Glob(required(line, entry, "check")),
        surface,
        text(line, entry, "target"),
        required(line, entry, "reason"),
        text(line, entry, "issue").map(issue -> link(line, issue)),
        text(line, entry, "until").map(until -> day(line, until)));
  }

  private String required(int line, JsonNode entry, String field) {
    return text(line, entry, field)
        .orElseThrow(() -> mistake(line, "has no '" + field + "', which every entry needs"));
  }

  private Optional<String> text(int line, JsonNode entry, String field) {
    JsonNode value = entry.path(field);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isValueNode() || value.asText().isBlank()) {
      throw mistake(line, "has a '" + field + "' that is no text");
    }
    return Optional.of(value.asText().strip());
  }

  private URI link(int line, String text) {
    if (text.startsWith("https://") || text.startsWith("http://")) {
      try {
        return URI.create(text);
      } catch (IllegalArgumentException e) {
        // Said below.
      }
    }
    throw mistake(line, "has an 'issue' that is no http or https address");
  }

  private LocalDate day(int line, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw mistake(line, "has an 'until' that is no day such as 2026-12-31");
    }
  }

  private UsageException mistake(int line, String what) {
    return new UsageException("known failures " + name + ":" + line + " " + what);
  }
}
