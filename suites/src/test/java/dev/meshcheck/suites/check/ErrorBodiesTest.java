package dev.meshcheck.suites.check;

import static dev.meshcheck.suites.check.Canned.JSON;
import static dev.meshcheck.suites.check.Canned.answer;
import static dev.meshcheck.suites.check.Canned.failure;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.outcome.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an error body may tell. */
class ErrorBodiesTest {

  private static final String ASKED = "{\"model\":\"acme-20250807-large\"}";

  private final Canned host = new Canned("on-demand");

  @AfterEach
  void close() {
    host.close();
  }

  private Answered refused(String message) {
    host.answers("/tokenize", ASKED, 1, answer(404, JSON, "{\"error\":\"" + message + "\"}"));
    return host.probe().get(RouteName.TOKENIZE).raw(ASKED).send();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"error\":{\"message\":\"no\"}} | no | error object",
        "{\"object\":\"error\",\"message\":{\"detail\":[]}} | {\"detail\":[]} | flat error object",
        "[{\"error\":{\"message\":\"no\"}}] | no | list"
      })
  void whatIsSaidIsFoundWhereverItIsSaid(String body, String message, String dialect) {
    Answered refused = Canned.answered(answer(400, JSON, body));
    assertEquals(message, ErrorBodies.message(refused).replaceAll("\\s", ""));
    assertEquals(dialect, ErrorBodies.dialect(refused));
  }

  @Test
  void nothingIsNoPage() {
    assertDoesNotThrow(
        () -> ErrorBodies.mustBeNoPage(Canned.answered(answer(404, "text/html", ""))));
    assertEquals(
        Reason.HTML_INSTEAD_OF_JSON,
        failure(() -> ErrorBodies.mustBeNoPage(Canned.answered(answer(404, "text/html", "<p>"))))
            .reason());
  }

  @Test
  void whatTheClientSentIsNoLeak() {
    Answered quoted = refused("acme-20250807-large is not served here");
    assertDoesNotThrow(() -> ErrorBodies.mustTellNothingOfTheInside(quoted));
  }

  @Test
  void aStackTraceIsOneWithinJsonToo() {
    Answered traced =
        refused("java.lang.NullPointerException\\n\\tat com.acme.Router.route(Router.java:88)");
    Failure failure = failure(() -> ErrorBodies.mustTellNothingOfTheInside(traced));
    assertEquals("at com.acme.Router.route(Router.java:88)", failure.actual());
  }

  @Test
  void whatStandsBesideItIsOne() {
    Answered quoted = refused("acme-20250807-large is not served by vllm-7d9f8b6c5d-x2x9k");
    Failure failure = failure(() -> ErrorBodies.mustTellNothingOfTheInside(quoted));
    assertEquals(Reason.INTERNALS_LEAKED, failure.reason());
    assertEquals("vllm-7d9f8b6c5d-x2x9k", failure.actual());
  }
}
