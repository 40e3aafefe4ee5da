package dev.meshcheck.reports.cause;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What such services said to GET /v1/models, and what inference hosts say that is like it. */
class KnownServiceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "OBJECT_STORE; <?xml version=\"1.0\"?> <Error><Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message>",
        "KUBERNETES; forbidden: User \"system:anonymous\" cannot get path",
        "KUBERNETES; the server could not find the requested resource",
        "ANTHROPIC; x-api-key header is required",
        "WIREMOCK; No response could be served as there are no stub mappings in this WireMock instance.",
        "PRISM; The route /v1/models hasn't been found in the specification file",
        "TENSORFLOW_SERVING; Malformed request: GET /v1/models",
        "TENSORFLOW_SERVING; Missing model name in request.",
        "TORCHSERVE; Requested resource is not found, please refer to API document.",
        "RAY_SERVE; Path '/v1/models' not found. Please ping http://.../-/routes for route table.",
        "NPM; no such package available"
      })
  void isKnownByItsWords(KnownService service, String said) {
    assertEquals(Optional.of(service), KnownService.of(said));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Not Found",
        "The model `x` does not exist.",
        "Invalid API key; the x-api-key header is required by some clients",
        "Missing model name in request body, unable to proxy request",
        "Malformed request: messages is missing",
        "see grafana for the state of the engine"
      })
  void anInferenceHostIsNone(String said) {
    assertEquals(Optional.empty(), KnownService.of(said));
  }
}
