package dev.meshcheck.reports.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.meshcheck.fixtures.settings.Readers;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.html.Sign;
import dev.meshcheck.reports.model.ResultName;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.outcome.RunVerdict;
import dev.meshcheck.reports.outcome.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightLogTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(FleetJson.schema());

  @TempDir Path reports;

  @Test
  void tellsOfEachEnvironmentWhatAMorningNeeds() throws IOException {
    FleetReport report = Nights.five(reports, 0);

    assertEquals(
        List.of("broken", "dead", "good", "locked", "unset"),
        report.environments().stream().map(EnvironmentReport::name).toList());
    assertEquals(
        List.of(
            RunVerdict.PASSED,
            RunVerdict.UNREACHABLE,
            RunVerdict.PASSED,
            RunVerdict.NOT_JUDGED,
            RunVerdict.NOT_JUDGED),
        report.environments().stream().map(EnvironmentReport::verdict).toList());
    assertEquals(
        List.of(0, 4, 0, 3, 3),
        report.environments().stream().map(EnvironmentReport::exitCode).toList());
    assertEquals(Optional.of("TENSORMESH_KEY is not set"), one(report, "unset").why());
    EnvironmentReport locked = one(report, "locked");
    assertEquals("key-invalid", locked.causes().get(0).cause());
    assertEquals(2, locked.causes().get(0).explains());
    assertTrue(locked.causes().get(0).next().isPresent());
    assertEquals(Optional.of(locked.causes().get(0).title()), locked.why());
    EnvironmentReport good = one(report, "good");
    assertEquals(
        List.of(new RouteCounts(RouteName.CHAT, Map.of(Sign.PASSED, 2, Sign.INAPPLICABLE, 1))),
        good.routes());
    assertEquals(40, good.firstToken().orElseThrow().medianMs());
    assertEquals(2, good.latency().orElseThrow().count());
    assertEquals(2, good.requests());
    assertEquals(1, good.certificates().size());
    assertEquals(Map.of("region", "eu", "tier", "prod"), good.labels());
  }

  @Test
  void leadsToTheReportOfEachEnvironment() throws IOException {
    FleetReport report = Nights.five(reports, 0);

    String page = one(report, "good").report().orElseThrow();
    assertEquals("../../environments/good/runs/run-0/report.html", page);
    assertTrue(Files.isRegularFile(reports.resolve("latest-night").resolve(page)));
    assertEquals(Optional.empty(), one(report, "unset").report());
  }

  @Test
  void saysWhatChangedSinceTheLastNight() throws IOException {
    Nights.five(reports, 0);
    FleetReport report = Nights.five(reports, 1);

    NightChange change = one(report, "broken").change().orElseThrow();
    assertEquals("1 new", change.words());
    assertEquals("run-0", change.since());
    assertEquals(List.of(new ResultName("chat.usage-adds-up", "serverless")), change.names());
    assertEquals("", one(report, "good").change().orElseThrow().words());
    assertEquals("1 still failing", one(report, "locked").change().orElseThrow().words());

    assertEquals(
        "1 still failing", one(Nights.five(reports, 2), "broken").change().orElseThrow().words());
  }

  @Test
  void remembersThirtyNightsAndWhatIsUsual() throws IOException {
    List<Environment> fleet = List.of(Nights.environment("good"));
    FleetReport report = null;
    for (int day = 0; day < 33; day++) {
      NightLog log = NightLog.open(reports, Nights.night(day), fleet, Readers.OWNER, Map.of());
      log.ended(fleet.get(0), Nights.run("good", "r" + day, Nights.good(day == 32 ? 400 : 100)));
      report = log.finish(Nights.at(day), true, ExitCode.PASSED);
    }
    EnvironmentReport good = one(report, "good");

    assertEquals(30, good.nights().size());
    assertEquals("night-3", good.nights().get(0).night());
    assertEquals("night-32", good.nights().get(29).night());
    assertEquals(Optional.of(100.0), good.firstToken().orElseThrow().usualMs());
    assertEquals(Optional.of(3.0), good.firstToken().orElseThrow().shift());
  }

  @Test
  void isBoundedWhateverFails() throws IOException {
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      verdicts.add(
          Samples.saying("g" + i + ".fails", Samples.target("serverless"), "message " + i));
    }
    List<Environment> fleet = List.of(Nights.environment("bad"));
    NightLog log = NightLog.open(reports, Nights.night(0), fleet, Readers.OWNER, Map.of());
    log.ended(fleet.get(0), Nights.run("bad", "r", verdicts));
    EnvironmentReport bad = one(log.finish(Nights.at(0), true, ExitCode.BROKEN_CONTRACT), "bad");

    assertEquals(5, bad.failures().size());
    assertEquals(75, bad.moreFailures());
    assertEquals("g0.fails", bad.failures().get(0).check());
    assertEquals("message 0", bad.failures().get(0).message());
    assertEquals(50, bad.notPassed().size());
    assertEquals(30, bad.moreNotPassed());
  }

  @Test
  void whatWasNotAskedCouldNotRun() throws IOException {
    List<Environment> fleet = List.of(Nights.environment("one"), Nights.environment("two"));
    NightLog log = NightLog.open(reports, Nights.night(0), fleet, Readers.OWNER, Map.of());
    assertEquals(RunVerdict.WAITING, one(written(), "two").verdict());
    assertTrue(written().night().exitCode().isEmpty());

    log.ended(fleet.get(0), Nights.run("one", "r", Nights.good(1)));
    FleetReport report = log.finish(Nights.at(0), false, ExitCode.INCOMPLETE);

    assertEquals(RunVerdict.NOT_ASKED, one(report, "two").verdict());
    assertEquals(Optional.of("the night ended before it was asked"), one(report, "two").why());
    assertEquals(3, one(report, "two").exitCode());
    assertFalse(report.night().complete());
  }

  @Test
  void fleetJsonMeetsItsSchemaAndIsReadAgain() throws IOException {
    List<Environment> fleet = List.of(Nights.environment("one"));
    NightLog.open(reports, Nights.night(9), fleet, Readers.OWNER, Map.of());
    assertEquals(List.of(), errors(text()));
    Nights.five(reports, 0);
    FleetReport report = Nights.five(reports, 1);

    assertEquals(List.of(), errors(text()));
    assertEquals(report, written());
    assertFalse(text().contains("null"), text());
  }

  @Test
  void theSchemaKnowsEveryWordOfTheCode() throws IOException {
    JsonNode schema = JSON.readTree(FleetJson.schema()).path("$defs");

    assertEquals(words(RunVerdict.values()), words(schema.at("/verdict/enum")));
    assertEquals(words(Reason.values()), words(schema.at("/outcome/properties/reason/enum")));
    assertEquals(words(RouteName.values()), words(schema.at("/route/properties/route/enum")));
    assertEquals(
        words(Sign.values()), words(schema.at("/route/properties/counts/propertyNames/enum")));
    assertEquals(
        Set.of(
            Outcome.FAILED.toString(), Outcome.WARNED.toString(), Outcome.COULD_NOT_RUN.toString()),
        words(schema.at("/outcome/properties/outcome/enum")));
    assertEquals(
        Spread.BOUNDS.size() + 1, schema.at("/spread/properties/buckets/maxItems").asInt());
  }

  @Test
  void twoOfOneNameAreRefused() {
    List<Environment> twins = List.of(Nights.environment("one"), Nights.environment("one"));

    assertThrows(
        IllegalArgumentException.class,
        () -> NightLog.open(reports, Nights.night(0), twins, Readers.OWNER, Map.of()));
  }

  private String text() throws IOException {
    return Files.readString(reports.resolve("latest-night").resolve("fleet.json"));
  }

  private FleetReport written() throws IOException {
    return FleetJson.read(text());
  }

  static EnvironmentReport one(FleetReport report, String name) {
    return report.environments().stream()
        .filter(e -> e.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> errors(String json) throws IOException {
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
