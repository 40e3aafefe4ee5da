package dev.meshcheck.reports.guidance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.meshcheck.reports.outcome.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuidanceBookTest {

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .addModule(new Jdk8Module())
          .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final GuidanceBook book = GuidanceBook.shipped();

  static Stream<String> ids() {
    return GuidanceBook.shipped().entries().stream().map(GuidanceEntry::id);
  }

  @ParameterizedTest
  @MethodSource("ids")
  void fitsItsSituationAndNotTheNextOne(String id) throws IOException {
    JsonNode cases = cases().path(id);

    List<String> fits = match(cases.path("fits"));
    assertTrue(fits.contains(id), "shown instead: " + fits);
    List<String> near = match(cases.path("near"));
    assertFalse(near.contains(id), "shown: " + near);
  }

  @Test
  void everyCaseBelongsToAnEntry() throws IOException {
    Set<String> known = new TreeSet<>();
    cases().fieldNames().forEachRemaining(known::add);

    assertEquals(new TreeSet<>(ids().toList()), known);
  }

  @Test
  void idsAreUniqueSlugs() {
    Set<String> seen = new HashSet<>();
    ids()
        .forEach(
            id -> {
              assertTrue(id.matches("[a-z0-9]+(-[a-z0-9]+)*"), id);
              assertTrue(seen.add(id), id);
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 502, 503, 504})
  void everyStatusYieldsGuidanceOnEverySurface(int status) throws IOException {
    for (String surface : List.of("on-demand", "serverless", "openai-compatible")) {
      ObjectNode situation = YAML.createObjectNode().put("surface", surface).put("status", status);
      situation.put("reason", "wrong-status");
      situation.putArray("facts").add("configured-key-sent").add("user-id-sent");

      assertFalse(match(situation).isEmpty(), surface + " " + status);
    }
  }

  @Test
  void theMostSpecificComesFirstAndNeverMoreThanThree() throws IOException {
    JsonNode situation =
        YAML.readTree(
            "{status: 401, reason: unauthorized, body: html,"
                + " facts: [configured-key-sent, user-id-sent, all-refused]}");

    assertEquals(
        List.of("gateway-401-on-every-route", "gateway-401", "unsure-which-credentials"),
        match(situation));
  }

  @Test
  void whatIsNotWrongNeedsNoAdvice() throws IOException {
    for (Outcome fine : List.of(Outcome.PASSED, Outcome.RECORDED, Outcome.INAPPLICABLE)) {
      assertEquals(List.of(), match(YAML.readTree("{status: 500, outcome: " + fine + "}")));
    }
  }

  @Test
  void onlyTensormeshSurfacesGetItsCommands() {
    for (GuidanceEntry entry : book.entries()) {
      boolean names = entry.steps().stream().anyMatch(step -> step.contains("`tm "));
      boolean compatible =
          entry.when().surfaces().isEmpty()
              || entry.when().surfaces().contains("openai-compatible");
      assertFalse(names && compatible, entry.id());
    }
  }

  @Test
  void saysWhatTensormeshDocuments() {
    Map<String, List<String>> documented =
        Map.of(
            "control-plane-401", List.of("tm auth whoami", "tm auth refresh"),
            "gateway-401", List.of("explicit API key you passed", "[managed].gateway_api_key"),
            "on-demand-404", List.of("X-User-Id", "served gateway model name", "`modelId`"),
            "serverless-404", List.of("tm billing pricing serverless list"),
            "rate-limited", List.of("rate limiting", "Retry-After", "--parallel", "POST"),
            "unsure-which-credentials",
                List.of("tm auth status --exit-status", "tm infer doctor --exit-status"));
    documented.forEach(
        (id, words) -> {
          GuidanceEntry entry =
              book.entries().stream().filter(e -> e.id().equals(id)).findFirst().orElseThrow();
          String steps = String.join("\n", entry.steps());
          words.forEach(word -> assertTrue(steps.contains(word), id + ": " + word));
          assertEquals(
              "https://docs.tensormesh.ai/api-quickstart", entry.source().orElseThrow().toString());
        });
  }

  private List<String> match(JsonNode given) throws IOException {
    ObjectNode situation =
        YAML.createObjectNode()
            .put("surface", "on-demand")
            .put("route", "chat")
            .put("outcome", "failed");
    situation.putArray("facts");
    assertTrue(given.isObject(), "no such case");
    situation.setAll((ObjectNode) given);
    return book.match(YAML.treeToValue(situation, Situation.class)).stream()
        .map(GuidanceEntry::id)
        .toList();
  }

  private static JsonNode cases() throws IOException {
    try (InputStream file = GuidanceBookTest.class.getResourceAsStream("guidance-cases.yaml")) {
      return YAML.readTree(file);
    }
  }
}
