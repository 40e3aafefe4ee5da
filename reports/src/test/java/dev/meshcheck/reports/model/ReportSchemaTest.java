package dev.meshcheck.reports.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.outcome.Verdict;
import dev.meshcheck.reports.run.RunLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportSchemaTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(ReportJson.schema());

  private final Target target = Samples.target("on-demand");

  @Test
  void aFullRunIsValid() throws JsonProcessingException {
    assertEquals(List.of(), errors(ReportJson.write(Samples.run(false, everything()))));
  }

  @Test
  void aKilledRunIsValidAtEveryMoment() throws JsonProcessingException {
    List<Verdict> verdicts = everything();
    RunLog log =
        RunLog.start(Samples.plan(false, verdicts), new Redactor(List.of(Samples.KEY)), List.of());
    for (Verdict verdict : verdicts) {
      String partial = ReportJson.write(log.snapshot());
      assertEquals(List.of(), errors(partial));
      assertFalse(JSON.readTree(partial).at("/run/complete").asBoolean());
      assertTrue(JSON.readTree(partial).at("/run/exitCode").isMissingNode());
      log.judged(verdict);
    }
  }

  @Test
  void anEmptyRunIsValid() throws JsonProcessingException {
    assertEquals(List.of(), errors(ReportJson.write(Samples.run(false, List.of()))));
  }

  @Test
  void absentFieldsAreLeftOutAndTimesAreRfc3339() throws JsonProcessingException {
    JsonNode report = JSON.readTree(ReportJson.write(Samples.run(false, everything())));

    assertEquals("2026-11-23T20:15:00Z", report.at("/run/startedAt").asText());
    assertEquals("2026-11-23T20:15:03Z", report.at("/run/finishedAt").asText());
    assertEquals(3000, report.at("/run/durationMs").asInt());
    assertFalse(ReportJson.write(Samples.run(false, everything())).contains(": null"));
    assertFalse(report.at("/results/0").has("reason"));
    assertFalse(report.at("/exchanges/e1/timings").has("tls"));
    assertEquals(2.0, report.at("/exchanges/e1/timings/connect").asDouble());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/run",
        "/tool",
        "/results/0",
        "/exchanges/e1",
        "/exchanges/e1/request",
        "/summary"
      })
  void unknownFieldsAreRefused(String pointer) throws JsonProcessingException {
    JsonNode report = JSON.readTree(ReportJson.write(Samples.run(false, everything())));
    ((ObjectNode) report.at(pointer)).put("surprise", 1);

    assertEquals(1, errors(report.toString()).size());
  }

  @Test
  void aCompleteRunHasAnExitCode() throws JsonProcessingException {
    JsonNode report = JSON.readTree(ReportJson.write(Samples.run(false, everything())));
    ((ObjectNode) report.at("/run")).remove("exitCode");

    assertFalse(errors(report.toString()).isEmpty());
  }

  @Test
  void knowsEveryWordOfTheCode() throws JsonProcessingException {
    JsonNode schema = JSON.readTree(ReportJson.schema());

    assertEquals(words(Reason.values()), words(schema.at("/$defs/result/properties/reason/enum")));
    assertEquals(
        words(Outcome.values()), words(schema.at("/$defs/result/properties/outcome/enum")));
    assertEquals(
        words(RouteName.values()), words(schema.at("/$defs/result/properties/route/enum")));
    assertEquals(
        words(NoAnswer.Kind.values()),
        words(schema.at("/$defs/exchange/properties/noAnswer/properties/kind/enum")));
  }

  private List<Verdict> everything() {
    List<Verdict> verdicts = new ArrayList<>(Samples.oneOfEach());
    Exchange stream =
        Samples.exchange("e7", target, Samples.chat(target), Samples.stream("{}", "[DONE]"));
    Exchange none =
        Samples.exchange(
            "e8",
            target,
            Samples.get(target, "/version"),
            new NoAnswer(NoAnswer.Kind.TLS_EXPIRED, "expired"));
    verdicts.add(Samples.passed("stream.ends", target, stream));
    verdicts.add(
        Samples.verdict(
            "version.answers",
            target,
            Outcome.COULD_NOT_RUN,
            Optional.of(Reason.TLS_EXPIRED),
            none));
    return verdicts;
  }

  private static List<String> errors(String json) throws JsonProcessingException {
    return SCHEMA.validate(JSON.readTree(json)).stream().map(Object::toString).toList();
  }

  private static Set<String> words(Object[] values) {
    return new TreeSet<>(Arrays.stream(values).map(Object::toString).toList());
  }

  private static Set<String> words(JsonNode list) {
    return new TreeSet<>(
        StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList());
  }
}
