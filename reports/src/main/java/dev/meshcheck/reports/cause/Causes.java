package dev.meshcheck.reports.cause;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.meshcheck.fixtures.settings.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** The closed list of causes, read from {@code causes.yaml}. */
public final class Causes {

  /** The cause of what fits no other. */
  public static final String UNKNOWN = "unknown";

  private static final List<Cause> ALL = read();

  private Causes() {}

  /** Every cause, in the order in which they have to be put right. */
  public static List<Cause> all() {
    return ALL;
  }

  /** The cause of that slug. */
  public static Cause named(String slug) {
    return ALL.stream().filter(c -> c.slug().equals(slug)).findFirst().orElseThrow();
  }

  private static List<Cause> read() {
    YAMLMapper mapper =
        YAMLMapper.builder()
            .addModule(new Jdk8Module())
            .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    mapper.configOverride(List.class).setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
    mapper.configOverride(Set.class).setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
    try (InputStream file = Causes.class.getResourceAsStream("causes.yaml")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return List.copyOf(mapper.readValue(Program.in(text), new TypeReference<List<Cause>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException("causes.yaml is broken", e);
    }
  }
}
