package dev.meshcheck.reports.capability;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.meshcheck.reports.cause.NotJudged;
import dev.meshcheck.reports.model.CapabilityReport;
import dev.meshcheck.reports.model.CauseReport;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What hosts can do, as the outcomes of checks say it; the table is {@code capabilities.yaml}. */
public final class Capabilities {

  /** The file. */
  private record Table(Set<Reason> refusals, List<CapabilityRule> capabilities) {}

  private static final Table TABLE = read();

  private Capabilities() {}

  /** Every line of the table, in its order. */
  public static List<CapabilityRule> all() {
    return TABLE.capabilities();
  }

  /**
   * What these results say, by target and in the order of the table.
   *
   * @param causes of the run; what lies with the caller says nothing of a host
   */
  public static List<CapabilityReport> of(List<CheckResult> results, List<CauseReport> causes) {
    Predicate<CheckResult> wrong =
        result ->
            (result.outcome() == Outcome.FAILED || result.outcome() == Outcome.WARNED)
                && !NotJudged.isOfTheCaller(causes, result);
    Map<String, Map<String, CheckResult>> byTarget = new LinkedHashMap<>();
    results.forEach(
        result ->
            byTarget
                .computeIfAbsent(result.target(), target -> new LinkedHashMap<>())
                .put(result.check(), result));
    return byTarget.values().stream()
        .flatMap(
            mine ->
                all().stream().flatMap(rule -> rule.judge(mine, TABLE.refusals(), wrong).stream()))
        .toList();
  }

  private static Table read() {
    YAMLMapper mapper =
        YAMLMapper.builder()
            .addModule(new Jdk8Module())
            .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    // A list that is not there is empty, never null.
    mapper.configOverride(List.class).setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
    try (InputStream file = Capabilities.class.getResourceAsStream("capabilities.yaml")) {
      return mapper.readValue(file, Table.class);
    } catch (IOException e) {
      throw new UncheckedIOException("capabilities.yaml is broken", e);
    }
  }
}
