package dev.meshcheck.reports.guidance;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.meshcheck.reports.model.GuidanceNote;
import dev.meshcheck.reports.outcome.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;

/** All guidance there is, read from {@code guidance.yaml}. */
public final class GuidanceBook {

  /** More advice than this is none. */
  public static final int MOST = 3;

  private final List<GuidanceEntry> entries;

  private GuidanceBook(List<GuidanceEntry> entries) {
    this.entries = entries;
  }

  /** The guidance that ships with Meshcheck. */
  public static GuidanceBook shipped() {
    return Shipped.BOOK;
  }

  /** Every entry, in the order of the file. */
  public List<GuidanceEntry> entries() {
    return entries;
  }

  /** What to do about that situation, most specific first; nothing where nothing is wrong. */
  public List<GuidanceNote> advise(Situation situation) {
    return match(situation).stream().map(GuidanceEntry::note).toList();
  }

  List<GuidanceEntry> match(Situation situation) {
    if (!needsAdvice(situation.outcome())) {
      return List.of();
    }
    return entries.stream()
        .filter(entry -> entry.when().matches(situation))
        .sorted(Comparator.comparingInt(entry -> -entry.when().specificity()))
        .limit(MOST)
        .toList();
  }

  /** Whether anything is wrong that advice could be about. */
  public static boolean needsAdvice(Outcome outcome) {
    return switch (outcome) {
      case FAILED, WARNED, COULD_NOT_RUN -> true;
      case PASSED, RECORDED, INAPPLICABLE -> false;
    };
  }

  private static GuidanceBook read() {
    YAMLMapper mapper =
        YAMLMapper.builder()
            .addModule(new Jdk8Module())
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    // A condition that asks for nothing is an empty list, never null.
    mapper.configOverride(List.class).setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
    try (InputStream file = GuidanceBook.class.getResourceAsStream("guidance.yaml")) {
      return new GuidanceBook(mapper.readValue(file, new TypeReference<List<GuidanceEntry>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException("guidance.yaml is broken", e);
    }
  }

  private static final class Shipped {
    static final GuidanceBook BOOK = read();
  }
}
