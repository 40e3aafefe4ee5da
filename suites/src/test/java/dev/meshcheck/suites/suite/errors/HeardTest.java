package dev.meshcheck.suites.suite.errors;

import static dev.meshcheck.suites.check.Canned.answer;
import static dev.meshcheck.suites.check.Canned.answered;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.suites.check.Canned;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeardTest {

  private static Heard said(String content, String finish) {
    return Heard.of(
        answered(
            answer(
                200,
                Canned.JSON,
                "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},"
                        .formatted(content)
                    + "\"finish_reason\":%s}]}".formatted(finish))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\\n\\n", "</think>", "<think>\\n\\n</think>\\n"})
  void whiteSpaceAndMarksOfAThoughtSayNothing(String content) {
    assertTrue(said(content, "\"stop\"").isNothing());
    assertFalse(said(content, "\"length\"").isNothing());
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "0", "</s>", "<think>Well.</think>", "</think>Hello."})
  void anythingElseSaysSomething(String content) {
    assertFalse(said(content, "\"stop\"").isNothing());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!!!!!!!!",
        "!!!!!!!!!!!!!!!!!!!!",
        "00000000\\n",
        "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"
      })
  void oneCharacterOverAndOverIsGarbage(String content) {
    assertTrue(said(content, "\"length\"").isGarbage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "!!!", "!!!!!!!!?", "! ! ! ! ! ! ! !", "Hello."})
  void aWordIsNone(String content) {
    assertFalse(said(content, "\"length\"").isGarbage());
  }

  @Test
  void whatWasSaidAndNeverEndedIsUnfinished() {
    assertTrue(said("Hello.", "null").isUnfinished());
    assertFalse(said("Hello.", "\"stop\"").isUnfinished());
    assertFalse(said("", "null").isUnfinished());
  }
}
