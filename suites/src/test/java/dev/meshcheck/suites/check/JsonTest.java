package dev.meshcheck.suites.check;

import static dev.meshcheck.suites.check.Canned.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.reports.outcome.Quotation;
import dev.meshcheck.reports.outcome.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  private static final Json BODY =
      Json.parse(
          "the body",
          "{\"text\":\"a\",\"whole\":3,\"broken\":1.5,\"point\":1.0,\"power\":-3e2,\"yes\":true,"
              + "\"huge\":99999999999999999999,"
              + "\"none\":null,\"list\":[1,2],\"inner\":{\"deep\":\"b\"}}");

  @Test
  void valuesAreReadWhereTheyStand() {
    assertEquals("a", BODY.at("/text").text());
    assertEquals(3, BODY.at("/whole").integer());
    assertEquals(1.5, BODY.at("/broken").number());
    assertEquals(3.0, BODY.at("/whole").number());
    assertEquals(-300, BODY.at("/power").number());
    assertEquals("b", BODY.at("/inner").at("/deep").text());
    assertEquals(2, BODY.at("/list").items().get(1).integer());
    assertEquals("/list/1 in the body", BODY.at("/list").items().get(1).place());
    assertEquals(List.of("1", "2"), BODY.at("/list").items().stream().map(Json::toString).toList());
    Json inner = BODY.at("/inner");
    assertSame(inner, inner.object());
    assertEquals("{\"deep\":\"b\"}", inner.node().toString());
  }

  @Test
  void nullIsAsGoodAsMissing() {
    assertTrue(BODY.at("/text").present());
    assertFalse(BODY.at("/none").present());
    assertFalse(BODY.at("/nowhere").present());
    assertEquals(Optional.of("a"), BODY.at("/text").optionalText());
    assertEquals(Optional.empty(), BODY.at("/none").optionalText());
    assertEquals(Optional.of(3L), BODY.at("/whole").optionalInteger());
    assertEquals(Optional.empty(), BODY.at("/nowhere").optionalInteger());
    assertEquals(2, BODY.at("/list").optionalItems().size());
    assertEquals(List.of(), BODY.at("/none").optionalItems());
  }

  @ParameterizedTest
  @CsvSource({
    "/nowhere, /nowhere in the body is missing, nothing",
    "/text,    /text in the body is not an integer, '\"a\"'",
    "/broken,  /broken in the body is not an integer, 1.5",
    "/point,   /point in the body is not an integer, 1.0",
    "/yes,     /yes in the body is not an integer, true",
    "/list,    /list in the body is not an integer, '[1,2]'",
    "/huge,    /huge in the body is not an integer, 99999999999999999999",
    "/none,    /none in the body is not an integer, null"
  })
  void whatIsNoIntegerIsSaidByItsPlace(String pointer, String message, String actual) {
    Failure failure = failure(() -> BODY.at(pointer).integer());
    assertEquals(Reason.SCHEMA_MISMATCH, failure.reason());
    assertEquals(message, failure.getMessage());
    assertEquals("an integer at " + pointer + " in the body", failure.expected());
    assertEquals(actual, failure.actual());
  }

  @Test
  void everyTypeIsAskedForByItsName() {
    Json text = BODY.at("/text");
    assertEquals("/text in the body is not a number", failure(text::number).getMessage());
    assertEquals(
        "/none in the body is not a number", failure(BODY.at("/none")::number).getMessage());
    assertEquals(
        "/inner in the body is not a number", failure(BODY.at("/inner")::number).getMessage());
    assertEquals("/text in the body is not an array", failure(text::items).getMessage());
    assertEquals("/text in the body is not an object", failure(text::object).getMessage());
    assertEquals(
        "/whole in the body is not a string", failure(BODY.at("/whole")::text).getMessage());
    assertEquals("/text in the body is not an array", failure(text::optionalItems).getMessage());
    assertEquals(
        "/whole in the body is not a string",
        failure(BODY.at("/whole")::optionalText).getMessage());
    assertEquals(
        "/text in the body is not an integer", failure(text::optionalInteger).getMessage());
  }

  @Test
  void whatIsNoJsonIsSaidWithItsStart() {
    Failure failure = failure(() -> Json.parse("the body", "{\"a\":\n}"));
    assertEquals(Reason.NOT_JSON, failure.reason());
    assertTrue(failure.getMessage().startsWith("the body is not valid JSON: Unexpected character"));
    assertFalse(failure.getMessage().contains("\n"));
    assertEquals("a JSON document", failure.expected());
    assertEquals("{\"a\":\n}", failure.actual());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1", "{\"a\":1} {}", "{} {}", "{'a':1}", "nothing"})
  void oneDocumentIsJsonAndNothingElse(String text) {
    assertEquals(Reason.NOT_JSON, failure(() -> Json.parse("the body", text)).reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void anEmptyBodyIsSaidToBeEmpty(String text) {
    Failure failure = failure(() -> Json.parse("the body", text));
    assertEquals(Reason.NOT_JSON, failure.reason());
    assertEquals("the body is empty", failure.getMessage());
    assertEquals("nothing", failure.actual());
  }

  @Test
  void whatIsPrivateIsNeverQuoted() {
    Json profile = Json.parse("the body", "{\"mail\":\"a@b\"}", true, () -> {});
    assertEquals(Json.PRIVATE, profile.at("/mail").toString());
    Failure type = failure(profile.at("/mail")::integer);
    assertEquals("/mail in the body is not an integer", type.getMessage());
    assertEquals(Json.PRIVATE, type.actual());
    assertEquals("nothing", profile.at("/name").toString());
    for (String broken : new String[] {"a@b", "{\"mail\":\"a@b\""}) {
      Failure failure = failure(() -> Json.parse("the body", broken, true, () -> {}));
      assertEquals("the body is not valid JSON", failure.getMessage());
      assertEquals(Json.PRIVATE, failure.actual());
    }
  }

  @Test
  void longValuesAreMarkedForTheReportToCut() {
    Json text = Json.parse("the body", "\"" + "x".repeat(300) + "\"");
    assertEquals("\"" + "x".repeat(199) + "…", Quotation.shortened(text.toString()));
  }
}
