package dev.meshcheck.suites.check;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {

  private static Json json(String text) {
    return Json.parse("usage", text);
  }

  private static Usage chat(long prompt, long completion, long total) {
    return Usage.ofChat(
        json(
            "{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}"
                .formatted(prompt, completion, total)));
  }

  @ParameterizedTest
  @CsvSource({"3, 4, 7", "1, 0, 1", "0, 4, 4"})
  void sumsThatAreRightAddUp(long prompt, long completion, long total) {
    assertDoesNotThrow(chat(prompt, completion, total)::mustAddUp);
  }

  @ParameterizedTest
  @CsvSource({"3, 4, 8", "3, 4, 6", "5, -1, 4"})
  void sumsThatAreOffDoNot(long prompt, long completion, long total) {
    assertThrows(Failure.class, chat(prompt, completion, total)::mustAddUp);
  }

  @Test
  void responsesHaveEitherPairOfNames() {
    Usage own =
        Usage.ofResponses(json("{\"input_tokens\":3,\"output_tokens\":4,\"total_tokens\":7}"));
    Usage ofChat =
        Usage.ofResponses(json("{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7}"));
    assertEquals(own, ofChat);
  }

  @Test
  void chatHasOnePairOfNames() {
    assertThrows(
        Failure.class,
        () -> Usage.ofChat(json("{\"input_tokens\":3,\"output_tokens\":4,\"total_tokens\":7}")));
  }

  @Test
  void aPartIsAtMostTheWhole() {
    assertDoesNotThrow(() -> Usage.mustBePartOf(json("5"), 5));
    assertDoesNotThrow(() -> Usage.mustBePartOf(json("null"), 5));
    assertThrows(Failure.class, () -> Usage.mustBePartOf(json("6"), 5));
    assertThrows(Failure.class, () -> Usage.mustBePartOf(json("-1"), 5));
  }
}
