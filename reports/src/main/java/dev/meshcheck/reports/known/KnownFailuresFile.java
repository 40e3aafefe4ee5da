package dev.meshcheck.reports.known;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.meshcheck.fixtures.settings.DidYouMean;
import dev.meshcheck.fixtures.settings.TextFile;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.fixtures.surface.Surface;
import dev.meshcheck.fixtures.surface.Surfaces;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads a list of known failures from YAML, with the line of every entry. */
public final class KnownFailuresFile {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final List<String> NAMES =
      List.of("check", "surface", "target", "reason", "issue", "until");
  private static final String FIELDS = String.join(", ", NAMES);

  private final String name;

  private KnownFailuresFile(String name) {
    this.name = name;
  }

  /** A value and where it stands. */
  private record Field(JsonLocation place, String text) {}

  /**
   * The list in that file.
   *
   * @throws UsageException where it cannot be understood: a list that is only half heard would let
   *     failures pass, or fail for what is expected
   */
  public static KnownFailures read(Path file) {
    KnownFailuresFile reader = new KnownFailuresFile(String.valueOf(file.getFileName()));
    try {
      return new KnownFailures(reader.name, reader.entries(TextFile.read(file)));
    } catch (JsonProcessingException e) {
      throw reader.noYaml(e);
    } catch (CharacterCodingException e) {
      throw new UsageException("known failures " + file + " is no text in UTF-8");
    } catch (IOException e) {
      throw new UsageException("known failures " + file + " cannot be read; name another file");
    }
  }

  private UsageException noYaml(JsonProcessingException e) {
    // The parser's own place is where it stood, not where the mistake is.
    if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      Mark mark = marked.getProblemMark();
      String context = String.valueOf(marked.getContext());
      String hint = context.contains("alias") ? "; put a glob that begins with * into quotes" : "";
      return mistake(
          mark.getLine() + 1,
          mark.getColumn() + 1,
          "is no YAML: " + marked.getProblem().strip() + hint);
    }
    JsonLocation place = e.getLocation() == null ? JsonLocation.NA : e.getLocation();
    return mistake(place, "is no YAML: " + e.getOriginalMessage());
  }

  private List<KnownFailure> entries(String text) throws IOException {
    List<KnownFailure> entries = new ArrayList<>();
    try (JsonParser parser = YAML.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null || first == JsonToken.VALUE_NULL) {
        return entries;
      }
      if (first != JsonToken.START_ARRAY) {
        throw mistake(
            parser.currentTokenLocation(), "has to be a list: every entry begins with '- check: '");
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        entries.add(entry(parser));
      }
      if (parser.nextToken() != null) {
        throw mistake(
            parser.currentTokenLocation(), "begins a second document; keep everything in one list");
      }
    }
    return entries;
  }

  private KnownFailure entry(JsonParser parser) throws IOException {
    JsonLocation start = parser.currentTokenLocation();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw mistake(start, "is no entry with the fields " + FIELDS);
    }
    Map<String, Field> fields = new HashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      JsonLocation place = parser.currentTokenLocation();
      if (!NAMES.contains(field)) {
        throw mistake(place, "has an unknown field '" + field + "'; there are " + FIELDS);
      }
      // The parser has no token for what its own tag contradicts, such as !!int -.
      boolean isText =
          Optional.ofNullable(parser.nextToken())
              .filter(value -> value.isScalarValue() && value != JsonToken.VALUE_NULL)
              .isPresent();
      String text = isText ? parser.getText() : "";
      if (text.isBlank()) {
        throw mistake(place, "has a '" + field + "' that is no text");
      }
      if (fields.put(field, new Field(place, text.strip())) != null) {
        throw mistake(place, "has the field '" + field + "' twice in one entry");
      }
    }
    Optional<Field> surface = Optional.ofNullable(fields.get("surface"));
    surface.ifPresent(this::checkSurface);
    return new KnownFailure(
        start.getLineNr(),
        new Glob(required(start, fields, "check")),
        surface.map(Field::text),
        Optional.ofNullable(fields.get("target")).map(Field::text),
        required(start, fields, "reason"),
        Optional.ofNullable(fields.get("issue")).map(this::link),
        Optional.ofNullable(fields.get("until")).map(this::day));
  }

  private String required(JsonLocation start, Map<String, Field> fields, String name) {
    if (!fields.containsKey(name)) {
      throw mistake(start, "has no '" + name + "', which every entry needs");
    }
    return fields.get(name).text();
  }

  private void checkSurface(Field field) {
    List<String> names = Surfaces.all().stream().map(Surface::name).toList();
    if (!names.contains(field.text())) {
      throw mistake(
          field.place(),
          "has no surface of ours; "
              + DidYouMean.hint(field.text(), names)
              + "it is one of "
              + String.join(", ", names));
    }
  }

  private URI link(Field field) {
    if (field.text().startsWith("https://") || field.text().startsWith("http://")) {
      try {
        return URI.create(field.text());
      } catch (IllegalArgumentException e) {
        // Said below.
      }
    }
    throw mistake(field.place(), "has an 'issue' that is no http or https address");
  }

  private LocalDate day(Field field) {
    try {
      return LocalDate.parse(field.text());
    } catch (DateTimeParseException e) {
      throw mistake(field.place(), "has an 'until' that is no day such as 2026-12-31");
    }
  }

  private UsageException mistake(JsonLocation place, String what) {
    return mistake(Math.max(1, place.getLineNr()), Math.max(1, place.getColumnNr()), what);
  }

  private UsageException mistake(int line, int column, String what) {
    return new UsageException(
        "known failures %s, line %d, column %d: it %s".formatted(name, line, column, what));
  }
}
