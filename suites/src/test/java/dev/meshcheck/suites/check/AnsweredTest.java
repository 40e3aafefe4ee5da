package dev.meshcheck.suites.check;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.exchange.NoAnswer.Kind;
import dev.meshcheck.reports.outcome.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnsweredTest {

  private static Answered status(int status) {
    return Answers.of(status, "application/json", "{}");
  }

  @ParameterizedTest
  @CsvSource({
    "200, NOT_REFUSED",
    "204, NOT_REFUSED",
    "302, REDIRECTED",
    "500, SERVER_ERROR",
    "502, SERVER_ERROR"
  })
  void onlyAClientErrorIsARefusal(int status, Reason reason) {
    Failure failure =
        assertThrows(Failure.class, () -> status(status).mustBeRefused("it is wrong"));
    assertEquals(reason, failure.reason());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 413, 422, 499})
  void everyClientErrorIsARefusal(int status) {
    assertDoesNotThrow(() -> status(status).mustBeRefused("it is wrong"));
  }

  @ParameterizedTest
  @CsvSource({"429, RATE_LIMITED", "503, UNAVAILABLE"})
  void whoIsTooBusyIsNotJudged(int status, Reason reason) {
    Answered busy = status(status);
    assertEquals(reason, assertThrows(CouldNotRun.class, () -> busy.mustBe(200)).reason());
    assertThrows(CouldNotRun.class, () -> busy.mustBeRefused("it is wrong"));
    assertTrue(busy.comeBackLater().isPresent());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void noAnswerHasAReasonOfItsOwn(Kind kind) {
    Answered none = Answers.none(kind);
    Reason reason = Reason.valueOf(kind.name());
    if (kind.unreachable()) {
      assertEquals(reason, assertThrows(CouldNotRun.class, none::status).reason());
    } else {
      assertEquals(reason, assertThrows(Failure.class, none::status).reason());
    }
  }

  @Test
  void aPageIsToldFromJson() {
    Answered page = Answers.of(200, "application/json", "<!DOCTYPE html><title>Welcome</title>");
    assertEquals(Reason.HTML_INSTEAD_OF_JSON, assertThrows(Failure.class, page::json).reason());
  }
}
