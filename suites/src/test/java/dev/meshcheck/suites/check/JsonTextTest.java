package dev.meshcheck.suites.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n",
        "{",
        "{\"a",
        "{\"a\\",
        "{\"a\\u00",
        "{\"a\":",
        "{\"a\":tr",
        "{\"a\":-",
        "{\"a\":1.",
        "{\"a\":1e",
        "{\"a\": [1, {\"b\": \"c",
        "{\"a\": 1}",
        "{\"a\": 1}\n ",
        "{\"a\": \"\ud83d\ude00"
      })
  void whatMayBecomeJsonIsABeginning(String text) {
    assertEquals(true, JsonText.isBeginning(text), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sure! Here is",
        "```json\n{\"a\":",
        "{\"a\": 1} and",
        "{\"a\": 1} {",
        "{'a': ",
        "{\"a\" \"b\"",
        "{\"a\": yes,",
        "<think>\n"
      })
  void whatCanBecomeNoneIsNot(String text) {
    assertEquals(false, JsonText.isBeginning(text), text);
  }
}
