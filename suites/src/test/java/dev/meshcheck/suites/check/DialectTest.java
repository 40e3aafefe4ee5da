package dev.meshcheck.suites.check;

import static dev.meshcheck.suites.check.Canned.JSON;
import static dev.meshcheck.suites.check.Canned.answer;
import static dev.meshcheck.suites.check.Canned.answered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.exchange.Headers;
import dev.meshcheck.fixtures.exchange.Request;
import dev.meshcheck.fixtures.surface.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTest {

  private static final String LIMIT =
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";

  private static final String PLAIN = "{\"model\":\"m\",\"max_tokens\":4,\"temperature\":0}";

  /** What is sent of a body after a host has refused the plain one in those words. */
  private static String after(String surface, int status, String words, String body) {
    Target target = Canned.target(surface);
    Dialect dialect = new Dialect();
    String refusal = "{\"error\": {\"message\": \"%s\"}}".formatted(words);
    dialect.hear(target, chat(PLAIN), answered(answer(status, JSON, refusal)).exchange());
    return dialect.spoken(target, chat(body)).body().orElseThrow();
  }

  private static Request chat(String body) {
    Target target = Canned.target("openai-compatible");
    return Request.of("POST", target.at("/v1/chat/completions"), Headers.NONE).withBody(body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"max_tokens":1,"temperature":0} | {"max_completion_tokens":1,"temperature":0}
          {"max_tokens":1,"max_completion_tokens":2} | {"max_tokens":1,"max_completion_tokens":2}
          {"a":"\\"max_tokens\\":1"} | {"a":"\\"max_tokens\\":1"}
          """)
  void theLimitHasAnotherName(String body, String sent) {
    assertEquals(sent, after("openai-compatible", 400, LIMIT, body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          'temperature' does not support 0 with this model. | {"a":1,"temperature":0} | {"a":1}
          'temperature' does not support 0 with this model. | {"temperature":0.7,"a":1} | {"a":1}
          'temperature' does not support 0 with this model. | {"a":1,"temperature":0.5} | {"a":1,"temperature":0.5}
          gpt-5 models don't support temperature=0. | {"a":1,"temperature":0} | {"a":1}
          `temperature` must be strictly positive | {"a":1,"temperature":0,"b":2} | {"a":1,"b":2}
          temperature must be between 0 and 2 | {"a":1,"temperature":0} | {"a":1,"temperature":0}
          n is not supported | {"a":1,"temperature":0} | {"a":1,"temperature":0}
          suffix is not supported','input':{'max_tokens':2,'temperature':0,'suffix':'x'} | {"a":1,"temperature":0} | {"a":1,"temperature":0}
          """)
  void aTemperatureIsLeftOutWhereNoneIsTaken(String words, String body, String sent) {
    assertEquals(sent, after("openai-compatible", 400, words, body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"code": "invalid", "error": "m does not support temperature. Unsupported."}
          {"object": "error", "message": "temperature is not supported"}
          {"error": {"message": "temperature is not supported"}}
          """)
  void whateverTheErrorLooksLike(String refusal) {
    Target target = Canned.target("openai-compatible");
    Dialect dialect = new Dialect();
    assertTrue(dialect.hear(target, chat(PLAIN), answered(answer(400, JSON, refusal)).exchange()));
    assertFalse(dialect.hear(target, chat("{}"), answered(answer(400, JSON, refusal)).exchange()));
  }

  @Test
  void nothingIsLearnedWhereBothAreDocumentedOrNothingIsRefused() {
    assertEquals(PLAIN, after("serverless", 400, LIMIT, PLAIN));
    assertEquals(PLAIN, after("openai-compatible", 200, LIMIT, PLAIN));
    assertEquals(PLAIN, after("openai-compatible", 500, LIMIT, PLAIN));
  }
}
