package dev.meshcheck.suites.check;

import static dev.meshcheck.suites.check.Canned.JSON;
import static dev.meshcheck.suites.check.Canned.answer;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class EngineOptionsTest {

  private static void expect(String surface, String card, String option) {
    try (Canned host = new Canned(surface)) {
      host.answers("/v1/models", "", 1, answer(200, JSON, "{\"data\":[" + card + "]}"));
      EngineOptions.mustBeExpected(host.probe(), option);
    }
  }

  @Test
  void whoHasTheCardsOfVllmHasItsOptions() {
    assertDoesNotThrow(
        () -> expect("openai-compatible", "{\"id\":\"m\",\"max_model_len\":4096}", "top_k"));
    assertDoesNotThrow(() -> expect("on-demand", "{\"id\":\"m\"}", "top_k"));
  }

  @Test
  void ofAnyOtherOnlyThoseOfOpenAiAreExpected() {
    assertDoesNotThrow(() -> expect("openai-compatible", "{\"id\":\"m\"}", "top_p"));
    assertEquals(
        "top_k is no option of OpenAI's, and the list of models tells no max_model_len, as vLLM's"
            + " does",
        assertThrows(
                Inapplicable.class, () -> expect("openai-compatible", "{\"id\":\"m\"}", "top_k"))
            .getMessage());
  }
}
