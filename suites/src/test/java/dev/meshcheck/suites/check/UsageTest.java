package dev.meshcheck.suites.check;

import static dev.meshcheck.suites.check.Canned.failure;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {

  private static Json json(String text) {
    return Json.parse("usage", text);
  }

  @Test
  void responsesHaveEitherPairOfNamesAndChatHasOne() {
    Json chat = json("{\"prompt_tokens\":2,\"completion_tokens\":3,\"total_tokens\":5}");
    Json responses = json("{\"input_tokens\":4,\"output_tokens\":5,\"total_tokens\":9}");
    assertEquals(new Usage("usage", 2, 3, 5), Usage.ofChat(chat));
    assertEquals(new Usage("usage", 2, 3, 5), Usage.ofResponses(chat));
    assertEquals(new Usage("usage", 4, 5, 9), Usage.ofResponses(responses));
    assertEquals(
        "/prompt_tokens in usage is missing", failure(() -> Usage.ofChat(responses)).getMessage());
  }

  @Test
  void theNamesOfTheRouteComeFirst() {
    String counts = "{\"prompt_tokens\":2,\"completion_tokens\":3,\"total_tokens\":5";
    Json both = json(counts + ",\"input_tokens\":0,\"output_tokens\":0}");
    Json chat = Json.parse("chat", "{\"choices\":[]}");
    Json response = Json.parse("response", "{\"output\":[]}");
    assertEquals(2, Usage.givenOfAny(chat, both).prompt());
    assertEquals(0, Usage.givenOfAny(response, both).prompt());
    assertEquals(2, Usage.givenOfAny(response, json(counts + "}")).prompt());
    Json other = json("{\"input_tokens\":4,\"output_tokens\":5,\"total_tokens\":9}");
    assertEquals(4, Usage.givenOfAny(chat, other).prompt());
  }

  @ParameterizedTest
  @CsvSource({"3, 4, 7", "1, 0, 1", "0, 4, 4", "0, 0, 0"})
  void sumsThatAreRightAddUp(long prompt, long completion, long total) {
    assertDoesNotThrow(new Usage("usage", prompt, completion, total)::mustAddUp);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 4, 8, 'total_tokens beside 3 + 4 should be 7 but was 8'",
    "3, 4, 6, 'total_tokens beside 3 + 4 should be 7 but was 6'",
    "-1, 3, 2, 'the tokens of the prompt should be a value equal to or greater than 0 but was -1'",
    "5, -1, 4, 'the generated tokens should be a value equal to or greater than 0 but was -1'"
  })
  void sumsThatAreOffDoNot(long prompt, long completion, long total, String because) {
    Usage usage = new Usage("usage", prompt, completion, total);
    assertEquals("usage: " + because, failure(usage::mustAddUp).getMessage());
  }

  @Test
  void aPromptCostsSomething() {
    assertDoesNotThrow(() -> new Usage("usage", 1, 0, 1).mustCountThePrompt());
    assertEquals(
        "usage: the tokens of the prompt should be a value greater than 0 but was 0",
        failure(() -> new Usage("usage", 0, 1, 1).mustCountThePrompt()).getMessage());
  }

  @Test
  void aPartIsAtMostTheWhole() {
    Json parts = json("{\"cached\":3,\"none\":null}");
    assertDoesNotThrow(() -> Usage.mustBePartOf(parts.at("/cached"), 3));
    assertDoesNotThrow(() -> Usage.mustBePartOf(parts.at("/none"), 3));
    assertDoesNotThrow(() -> Usage.mustBePartOf(parts.at("/nowhere"), 3));
    assertEquals(
        "/cached in usage should be a value less than or equal to 2 but was 3",
        failure(() -> Usage.mustBePartOf(parts.at("/cached"), 2)).getMessage());
  }
}
