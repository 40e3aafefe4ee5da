package dev.meshcheck.reports.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.meshcheck.reports.text.PlainJson;

/** How all that Meshcheck writes for programs looks: what is absent is left out, never null. */
public final class JsonFormat {

  private static final JsonMapper MAPPER =
      JsonMapper.builder(PlainJson.factory())
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
          .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          // A later version may add fields; an older reader still compares what it knows.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          // What is behind a report belongs to no report.
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // Half a report is none: whatever may be absent is an Optional.
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
          .build();

  private JsonFormat() {}

  /** What writes values, on one line. */
  public static ObjectWriter writer() {
    return MAPPER.writer();
  }

  /** What reads them again. */
  public static ObjectReader reader() {
    return MAPPER.reader();
  }
}
