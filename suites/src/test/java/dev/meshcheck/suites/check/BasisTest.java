package dev.meshcheck.suites.check;

import static dev.meshcheck.suites.check.Canned.JSON;
import static dev.meshcheck.suites.check.Canned.answer;
import static dev.meshcheck.suites.check.Canned.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.outcome.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BasisTest {

  private static final String TOKENIZE = "{\"model\":\"m\",\"prompt\":\"Say hello.\"}";

  private final Canned host = new Canned("on-demand");
  private final Probe probe = host.probe();

  @AfterEach
  void close() {
    host.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "MODELS; /v1/models; ''",
        "CHAT; /v1/chat/completions; {\"model\":\"m\",\"messages\":[{\"role\":\"user\","
            + "\"content\":\"Say hello.\"}],\"max_tokens\":320,\"temperature\":0}",
        "COMPLETIONS; /v1/completions; {\"model\":\"m\",\"prompt\":\"Say hello.\","
            + "\"max_tokens\":320,\"temperature\":0}",
        "RESPONSES; /v1/responses; {\"model\":\"m\",\"input\":\"Say hello.\","
            + "\"max_output_tokens\":320}",
        "TOKENIZE; /tokenize; {\"model\":\"m\",\"prompt\":\"Say hello.\"}"
      })
  void thePlainRequestIsTheDocumentedOne(RouteName route, String path, String body) {
    host.answers(path, body, 1, answer(200, JSON, "{}"));
    assertEquals(200, Basis.judge(probe, route).status());
  }

  @Test
  void whatIsDetokenizedWasTokenizedBefore() {
    host.answers("/tokenize", TOKENIZE, 1, answer(200, JSON, "{\"tokens\":[7,8]}"));
    host.answers(
        "/detokenize", "{\"model\":\"m\",\"tokens\":[7,8]}", 1, answer(200, JSON, "{\"a\":1}"));
    assertEquals(1, Basis.judge(probe, RouteName.DETOKENIZE).json().at("/a").integer());
  }

  @Test
  void withoutTokenizeAnyTokensWillDo() {
    host.answers("/tokenize", TOKENIZE, 1, answer(500, JSON, "{}"));
    host.answers("/detokenize", "{\"model\":\"m\",\"tokens\":[1,2,3]}", 1, answer(200, JSON, "{}"));
    assertEquals(200, Basis.judge(probe, RouteName.DETOKENIZE).status());
  }

  @Test
  void aPlainRequestThatFailsIsAFailureThereAndNoVerdictElsewhere() {
    host.answers("/v1/models", "", 1, answer(500, JSON, "{}"));
    Failure failure = failure(() -> Basis.judge(probe, RouteName.MODELS));
    assertEquals(Reason.SERVER_ERROR, failure.reason());
    CouldNotRun elsewhere =
        assertThrows(CouldNotRun.class, () -> Basis.require(probe, RouteName.MODELS));
    assertEquals(Reason.PREREQUISITE_FAILED, elsewhere.reason());
    assertEquals(
        "needs something else first: GET /v1/models answered 500 instead of 200",
        elsewhere.getMessage());
  }

  @Test
  void aPlainAnswerIsAnObject() {
    host.answers("/v1/models", "", 1, answer(200, JSON, "[]"));
    assertEquals(
        "the body of GET /v1/models is not an object",
        failure(() -> Basis.judge(probe, RouteName.MODELS)).getMessage());
  }

  @Test
  void theTokenizeOfLlamaCppIsAnotherApiWhereNoOtherIsPromised() {
    Answer theirs = answer(200, JSON, "{\"tokens\":[]}");
    try (Canned compatible = new Canned("openai-compatible")) {
      compatible.answers("/tokenize", TOKENIZE, 1, theirs);
      Probe asking = compatible.probe();
      Inapplicable why =
          assertThrows(Inapplicable.class, () -> Basis.judge(asking, RouteName.TOKENIZE));
      assertEquals(
          "/tokenize is that of another API here, such as llama.cpp's or SGLang's",
          why.getMessage());
    }
    host.answers("/tokenize", TOKENIZE, 1, theirs);
    assertEquals(200, Basis.judge(probe, RouteName.TOKENIZE).status());
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405, 501})
  void anOptionalRouteMayBeMissing(int status) {
    try (Canned compatible = new Canned("openai-compatible")) {
      Probe asking = compatible.probe();
      RouteName optional =
          asking.target().surface().routes().values().stream()
              .filter(route -> route.optional() && route.method().equals("GET"))
              .findFirst()
              .orElseThrow()
              .name();
      String path = asking.route(optional).path();
      compatible.answers(path, "", 1, answer(status, JSON, "{}"));
      Inapplicable missing = assertThrows(Inapplicable.class, () -> Basis.judge(asking, optional));
      assertEquals(
          "the host has no " + path + ", which is optional here: " + status, missing.getMessage());
    }
  }

  private static final String NOT_SUPPORTED = "{\"error\":\"Endpoint %s is not supported\"}";
  private static final String NO_MODEL = "{\"error\":{\"message\":\"no model m\"}}";

  @Test
  void aRouteIsAbsentWhereAMadeUpOneIsRefusedAlike() {
    try (Canned compatible = new Canned("openai-compatible")) {
      compatible.answers("/tokenize", TOKENIZE, 1, answer(400, JSON, at("POST /tokenize")));
      compatible.answers(
          "/meshcheck-no-such-route",
          TOKENIZE,
          1,
          answer(400, JSON, at("POST /meshcheck-no-such-route")));
      Probe asking = compatible.probe();
      Inapplicable missing =
          assertThrows(Inapplicable.class, () -> Basis.judge(asking, RouteName.TOKENIZE));
      assertEquals(
          "the host has no /tokenize, which is optional here: 400, as to a route that nobody has",
          missing.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"error\":\"Unexpected endpoint. (POST %s)\"}", "<html>Chat</html>"})
  void aRouteIsAbsentWhereEveryPathGetsTheSameSuccess(String body) {
    String made = "/meshcheck-no-such-route";
    try (Canned compatible = new Canned("openai-compatible")) {
      compatible.answers("/tokenize", TOKENIZE, 1, answer(200, JSON, body.formatted("/tokenize")));
      compatible.answers(made, TOKENIZE, 1, answer(200, JSON, body.formatted(made)));
      Probe asking = compatible.probe();
      assertEquals(
          "the host has no /tokenize, which is optional here: 200, as to a route that nobody has",
          assertThrows(Inapplicable.class, () -> Basis.judge(asking, RouteName.TOKENIZE))
              .getMessage());
    }
  }

  @Test
  void aRouteIsThereWhereItAloneHidesAnError() {
    try (Canned compatible = new Canned("openai-compatible")) {
      compatible.answers("/tokenize", TOKENIZE, 1, answer(200, JSON, NO_MODEL));
      compatible.answers(
          "/meshcheck-no-such-route", TOKENIZE, 1, answer(404, JSON, "{\"detail\":\"Not Found\"}"));
      assertEquals(200, Basis.judge(compatible.probe(), RouteName.TOKENIZE).status());
    }
  }

  private static String at(String path) {
    return NOT_SUPPORTED.formatted(path);
  }

  @Test
  void aRouteIsThereWhereItRefusesTheModelAndAMadeUpOneThePath() {
    try (Canned compatible = new Canned("openai-compatible")) {
      compatible.answers("/tokenize", TOKENIZE, 1, answer(404, JSON, NO_MODEL));
      compatible.answers(
          "/meshcheck-no-such-route", TOKENIZE, 1, answer(404, JSON, "{\"detail\":\"Not Found\"}"));
      Probe asking = compatible.probe();
      assertEquals(
          "POST /tokenize answered 404 instead of 200",
          failure(() -> Basis.judge(asking, RouteName.TOKENIZE)).getMessage());
    }
  }

  @Test
  void theTokenizeOfTextGenerationInferenceIsAnotherApi() {
    assertEquals(
        "/tokenize is that of another API here, such as that of Text Generation Inference",
        assertThrows(Inapplicable.class, () -> tokenizeSays("missing field `inputs`"))
            .getMessage());
    assertEquals(
        "POST /tokenize answered 422 instead of 200",
        failure(() -> tokenizeSays("missing field `prompt`")).getMessage());
  }

  private static void tokenizeSays(String refusal) {
    try (Canned compatible = new Canned("openai-compatible")) {
      compatible.answers("/tokenize", TOKENIZE, 1, answer(422, "text/plain", refusal));
      compatible.answers(
          "/meshcheck-no-such-route", TOKENIZE, 1, answer(404, "text/plain", "Not Found"));
      Basis.judge(compatible.probe(), RouteName.TOKENIZE);
    }
  }

  @Test
  void aRouteMayBeDeclinedInWords() {
    try (Canned compatible = new Canned("openai-compatible")) {
      compatible.answers(
          "/tokenize",
          TOKENIZE,
          1,
          answer(400, JSON, "{\"error\":\"this api is only available in beta\"}"));
      compatible.answers(
          "/meshcheck-no-such-route", TOKENIZE, 1, answer(404, "text/plain", "Not Found"));
      Probe asking = compatible.probe();
      assertEquals(
          "the host has no /tokenize, which is optional here: 400, in words that say so",
          assertThrows(Inapplicable.class, () -> Basis.judge(asking, RouteName.TOKENIZE))
              .getMessage());
    }
  }

  @Test
  void aDocumentedRouteMayNot() {
    host.answers("/v1/models", "", 1, answer(404, JSON, "{}"));
    assertEquals(
        Reason.ROUTE_NOT_FOUND, failure(() -> Basis.judge(probe, RouteName.MODELS)).reason());
  }

  @ParameterizedTest
  @CsvSource({"text/plain, ''", "application/json, {}", "text/plain, OK"})
  void healthMayBeEmptyOrAnything(String type, String body) {
    host.answers("/health", "", 1, answer(200, type, body));
    assertEquals(200, Basis.judge(probe, RouteName.HEALTH).status());
  }

  @ParameterizedTest
  @CsvSource({"text/html, ''", "text/plain, <html>"})
  void healthIsNoWebPage(String type, String body) {
    host.answers("/health", "", 1, answer(200, type, body));
    Failure failure = failure(() -> Basis.judge(probe, RouteName.HEALTH));
    assertEquals(Reason.HTML_INSTEAD_OF_JSON, failure.reason());
    assertEquals("GET /health answered with a web page", failure.getMessage());
  }
}
