package dev.meshcheck.suites.check;

import static dev.meshcheck.suites.check.Canned.JSON;
import static dev.meshcheck.suites.check.Canned.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.fixtures.surface.RouteName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests every host must take or refuse, and never break on. */
class ValidRequestsTest {

  private static List<String> found(String route, RouteName name, String body) {
    try (Canned host = new Canned("serverless")) {
      host.answers(route, body, 1, answer(500, JSON, "{}"));
      return ValidRequests.of(host.probe(), name).stream().map(ValidRequests::options).toList();
    }
  }

  private static List<String> chat(String fields) {
    String body =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]" + fields + "}";
    return found("/v1/chat/completions", RouteName.CHAT, body);
  }

  @Test
  void contentInPartsIsNamed() {
    String body =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":"
            + "[{\"type\":\"text\",\"text\":\"hi\"}]}]}";
    assertEquals(List.of("content in parts"), found("/v1/chat/completions", RouteName.CHAT, body));
  }

  @Test
  void whatIsDocumentedIsValid() {
    assertEquals(List.of("nothing special"), chat(""));
    assertEquals(List.of("n"), chat(",\"n\":2,\"temperature\":0.8"));
    assertEquals(
        List.of("logprobs and top_logprobs"), chat(",\"logprobs\":true,\"top_logprobs\":2"));
    assertEquals(List.of("stop"), chat(",\"stop\":null"));
    assertEquals(
        List.of("add_special_tokens"),
        found(
            "/tokenize",
            RouteName.TOKENIZE,
            "{\"model\":\"m\",\"prompt\":\"hi\",\"add_special_tokens\":false}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",\"temperature\":-1",
        ",\"n\":2,\"temperature\":0",
        ",\"n\":2",
        ",\"top_logprobs\":2",
        ",\"stream_options\":{\"include_usage\":true}",
        ",\"tool_choice\":\"required\"",
        ",\"tools\":[]",
        ",\"stop\":[\"\"]",
        ",\"max_tokens\":100000000",
        ",\"response_format\":{\"type\":\"json_schema\"}",
        ",\"unheard_of\":1"
      })
  void whatIsInDoubtIsNotJudged(String fields) {
    assertEquals(List.of(), chat(fields));
  }

  @Test
  void anotherModelAndAnotherBodyAreNot() {
    assertEquals(List.of(), found("/tokenize", RouteName.TOKENIZE, "[]"));
    assertEquals(List.of(), found("/tokenize", RouteName.TOKENIZE, "{\"model\":"));
    assertEquals(
        List.of(),
        found("/tokenize", RouteName.TOKENIZE, "{\"model\":\"other\",\"prompt\":\"hi\"}"));
  }
}
