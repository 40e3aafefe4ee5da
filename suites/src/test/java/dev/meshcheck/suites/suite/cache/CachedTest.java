package dev.meshcheck.suites.suite.cache;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meshcheck.suites.check.Failure;
import dev.meshcheck.suites.check.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CachedTest {

  private static Cached chat(String details) {
    return of(
        "{\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":2,\"total_tokens\":102"
            + details
            + "}}");
  }

  private static Cached of(String chunk) {
    return Cached.ofStream(List.of(Json.parse("event 1", "{}"), Json.parse("event 2", chunk)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|0",
        ",\"prompt_tokens_details\":null|0",
        ",\"prompt_tokens_details\":{\"cached_tokens\":null}|0",
        ",\"prompt_tokens_details\":{\"cached_tokens\":96,\"created_cache_tokens\":0}|96"
      })
  void whatIsNotToldIsNotCached(String details, long tokens) {
    Cached cached = chat(details);
    assertEquals(tokens, cached.tokens());
    assertDoesNotThrow(cached::mustFit);
  }

  @Test
  void responsesTellItUnderOtherNames() {
    Cached cached =
        of(
            "{\"response\":{\"usage\":{\"input_tokens\":9,\"input_tokens_details\":{\"cached_tokens\":8},"
                + "\"output_tokens\":1,\"total_tokens\":10}}}");
    assertEquals(8, cached.tokens());
    assertEquals(9, cached.told().prompt());
  }

  @Test
  void moreThanThePromptDoesNotFit() {
    Cached cached = chat(",\"prompt_tokens_details\":{\"cached_tokens\":101}");
    assertEquals(
        "/usage/prompt_tokens_details/cached_tokens in event 2 should be a value less than or equal to"
            + " 100 but was 101",
        assertThrows(Failure.class, cached::mustFit).getMessage());
  }

  @Test
  void aPromptThatCostsLessWarmIsNamed() {
    assertEquals(
        "/usage in event 2: the tokens of the same prompt should be 108 but was 100",
        assertThrows(Failure.class, () -> chat("").mustCost(108)).getMessage());
  }
}
