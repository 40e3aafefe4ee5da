package dev.meshcheck.suites.check;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.reports.outcome.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  private static Json json(String text) {
    return Json.parse("the body", text);
  }

  @Test
  void placesKnowTheirNames() {
    Json usage = json("{\"usage\": {\"total_tokens\": 7}}").at("/usage");
    assertEquals(7, usage.at("/total_tokens").integer());
    Failure missing = assertThrows(Failure.class, () -> usage.at("/prompt_tokens").integer());
    assertEquals(Reason.SCHEMA_MISMATCH, missing.reason());
    assertEquals("the body/usage/prompt_tokens is missing", missing.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0", "1.5", "\"1\"", "true", "null", "[]", "99999999999999999999"})
  void integersAreWholeNumbers(String value) {
    assertThrows(Failure.class, json(value)::integer);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1.5, 1.5", "-3e2, -300"})
  void numbersAreAnyNumbers(String value, double expected) {
    assertEquals(expected, json(value).number());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "null", "{}"})
  void textsAreNoNumbers(String value) {
    assertThrows(Failure.class, json(value)::number);
  }

  @Test
  void whatMayBeMissingMayBeNull() {
    Json json = json("{\"none\": null, \"text\": \"a\", \"list\": [1, 2]}");
    assertEquals(Optional.empty(), json.at("/none").optionalText());
    assertEquals(Optional.empty(), json.at("/missing").optionalInteger());
    assertEquals(List.of(), json.at("/none").optionalItems());
    assertEquals(Optional.of("a"), json.at("/text").optionalText());
    assertEquals(2, json.at("/list").optionalItems().size());
    assertFalse(json.at("/none").present());
    assertTrue(json.at("/text").present());
  }

  @Test
  void whatMayBeMissingIsStillOfItsType() {
    assertThrows(Failure.class, json("{\"text\": 5}").at("/text")::optionalText);
    assertThrows(Failure.class, json("{\"list\": {}}").at("/list")::optionalItems);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{\"a\":1", "{\"a\":1} {}", "{'a':1}", "nothing"})
  void oneDocumentIsJsonAndNothingElse(String text) {
    assertEquals(Reason.NOT_JSON, assertThrows(Failure.class, () -> json(text)).reason());
  }

  @Test
  void personalDocumentsAreNeverQuoted() {
    Json hidden = Json.parse("the profile", "{\"user\": {\"email\": \"a@b.c\"}}", true);
    Failure failure = assertThrows(Failure.class, () -> hidden.at("/user/email").integer());
    assertThat(failure.getMessage() + failure.actual(), not(containsString("a@b.c")));
    Failure broken =
        assertThrows(Failure.class, () -> Json.parse("the profile", "{\"e\": \"a@b.c\"", true));
    assertThat(broken.getMessage() + broken.actual(), not(containsString("a@b.c")));
  }

  @Test
  void longTextsAreShortened() {
    assertEquals(201, Json.shorten("x".repeat(500)).length());
    assertEquals("short", Json.shorten("short"));
  }
}
