package dev.meshcheck.suites.check;

import static dev.meshcheck.suites.check.Canned.JSON;
import static dev.meshcheck.suites.check.Canned.answer;
import static dev.meshcheck.suites.check.Canned.answered;
import static dev.meshcheck.suites.check.Canned.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Answer.Ending;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.reports.outcome.Reason;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnsweredTest {

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 405, 408, 413})
  void aRefusalByAnotherLayerIsNotThatOfABadRequest(int status) {
    Answered other = answered(answer(status, JSON, "{}"));
    assertEquals(other, other.mustBeRefused("it is wrong"));
    assertEquals(
        "POST /v1/x was refused with " + status + ", which is not about that it is wrong",
        failure(() -> other.mustBeRefusedAsBad("it is wrong")).getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 409, 415, 422})
  void aRefusalOfABadRequestIsTaken(int status) {
    Answered bad = answered(answer(status, JSON, "{}"));
    assertEquals(bad, bad.mustBeRefusedAsBad("it is wrong"));
  }

  @Test
  void theRequestIsNamedBelowTheBaseOfItsHost() {
    assertEquals("POST /v1/x", answered(answer(200, JSON, "{}")).what());
  }

  @Test
  void theRightStatusIsFine() {
    Answered right = answered(answer(201, JSON, "{}"));
    assertSame(right, right.mustBe(200, 201));
    assertSame(right, right.mustStillBe(201));
    assertEquals(201, right.status());
    assertTrue(right.ended(Ending.COMPLETE));
    assertFalse(right.ended(Ending.CUT));
  }

  @ParameterizedTest
  @CsvSource({
    "204, WRONG_STATUS",
    "299, WRONG_STATUS",
    "300, REDIRECTED",
    "302, REDIRECTED",
    "304, WRONG_STATUS",
    "399, REDIRECTED",
    "400, WRONG_STATUS",
    "401, UNAUTHORIZED",
    "403, FORBIDDEN",
    "404, ROUTE_NOT_FOUND",
    "418, WRONG_STATUS",
    "499, WRONG_STATUS",
    "500, SERVER_ERROR",
    "502, SERVER_ERROR"
  })
  void theWrongStatusHasItsReason(int status, Reason reason) {
    Failure failure = failure(() -> answered(answer(status, JSON, "{\"a\": 1}")).mustBe(200, 201));
    assertEquals(reason, failure.reason());
    assertEquals("POST /v1/x answered " + status + " instead of 200 or 201", failure.getMessage());
    assertEquals("status 200 or 201", failure.expected());
    assertEquals(status + ", application/json, {\"a\": 1}", failure.actual());
  }

  @Test
  void tooBusyIsNeverJudged() {
    CouldNotRun limited =
        assertThrows(CouldNotRun.class, () -> answered(answer(429, JSON, "{}")).mustBe(200));
    assertEquals(Reason.RATE_LIMITED, limited.reason());
    assertEquals("POST /v1/x was rate limited: 429", limited.getMessage());
    CouldNotRun away =
        assertThrows(CouldNotRun.class, () -> answered(answer(503, JSON, "{}")).answer());
    assertEquals(Reason.UNAVAILABLE, away.reason());
    assertEquals("POST /v1/x was not available: 503", away.getMessage());
    for (int status : new int[] {429, 503}) {
      Answered busy = answered(answer(status, JSON, "{}"));
      assertThrows(CouldNotRun.class, () -> busy.mustBeRefused("it is wrong"));
    }
  }

  @Test
  void whatATooBusyHostSentCanBeLookedAt() {
    Answer limited = answer(429, JSON, "{}");
    Answer away = answer(503, JSON, "{}");
    assertEquals(Optional.of(limited), answered(limited).comeBackLater());
    assertEquals(Optional.of(away), answered(away).comeBackLater());
    assertEquals(Optional.empty(), answered(answer(200, JSON, "{}")).comeBackLater());
    assertEquals(
        Optional.empty(),
        answered(new NoAnswer(NoAnswer.Kind.TIMEOUT, "too slow")).comeBackLater());
  }

  @Test
  void aHostThatAnsweredBeforeMustNotBecomeUnavailable() {
    Failure failure = failure(() -> answered(answer(503, JSON, "{}")).mustStillBe(200));
    assertEquals(Reason.UNAVAILABLE, failure.reason());
    assertEquals("POST /v1/x answered before, and answers 503 now", failure.getMessage());
    assertEquals("status 200", failure.expected());
    assertEquals("status 503", failure.actual());
    assertEquals(
        Reason.SERVER_ERROR,
        failure(() -> answered(answer(500, JSON, "{}")).mustStillBe(200)).reason());
    assertThrows(CouldNotRun.class, () -> answered(answer(429, JSON, "{}")).mustStillBe(200));
  }

  @ParameterizedTest
  @EnumSource(NoAnswer.Kind.class)
  void anUnreachedHostIsNotJudgedAndASilentOneIs(NoAnswer.Kind kind) {
    Answered none = answered(new NoAnswer(kind, "no answer"));
    Reason reason = Reason.valueOf(kind.name());
    if (kind.unreachable()) {
      CouldNotRun unreached = assertThrows(CouldNotRun.class, none::status);
      assertEquals(reason, unreached.reason());
      assertEquals("POST /v1/x: no answer", unreached.getMessage());
    } else {
      Failure silent = failure(none::status);
      assertEquals(reason, silent.reason());
      assertEquals("POST /v1/x: no answer", silent.getMessage());
      assertEquals("an answer", silent.expected());
      assertEquals("no answer", silent.actual());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 413, 422, 499})
  void anyOfTheFourHundredsIsARefusal(int status) {
    Answered refused = answered(answer(status, JSON, "{}"));
    assertSame(refused, refused.mustBeRefused("it is wrong"));
  }

  @ParameterizedTest
  @CsvSource({
    "200, NOT_REFUSED, was accepted with 200",
    "204, NOT_REFUSED, was accepted with 204",
    "299, NOT_REFUSED, was accepted with 299",
    "300, REDIRECTED, was answered with 300",
    "302, REDIRECTED, was answered with 302",
    "500, SERVER_ERROR, was answered with 500",
    "502, SERVER_ERROR, was answered with 502"
  })
  void anythingElseIsNone(int status, Reason reason, String verb) {
    Failure failure = failure(() -> answered(answer(status, JSON, "{}")).mustBeRefused("it lies"));
    assertEquals(reason, failure.reason());
    assertEquals("POST /v1/x " + verb + " although it lies", failure.getMessage());
    assertEquals("a 4xx status", failure.expected());
  }

  @ParameterizedTest
  @CsvSource({
    "CUT, BODY_CUT, cut",
    "TIMED_OUT, TIMEOUT, timed-out",
    "IDLE, TIMEOUT, idle",
    "TOO_LARGE, BODY_TOO_LARGE, too-large"
  })
  void aBodyMustBeWhole(Ending ending, Reason reason, String word) {
    Failure failure = failure(() -> answered(answer(200, JSON, "{\"a\"", ending)).body());
    assertEquals(reason, failure.reason());
    assertEquals("POST /v1/x: the body is not whole: " + word, failure.getMessage());
    assertEquals("a whole body", failure.expected());
    assertEquals("4 bytes, then " + word, failure.actual());
  }

  @Test
  void whatWeHungUpOnIsWholeEnough() {
    assertEquals("ab", answered(answer(200, JSON, "ab", Ending.HUNG_UP)).body());
    assertEquals("ab", answered(answer(200, JSON, "ab")).body());
  }

  @Test
  void theBodyIsReadAsJson() {
    assertEquals(1, answered(answer(200, JSON, "{\"a\":1}")).json().at("/a").integer());
    assertEquals(
        "/b in the body of POST /v1/x is missing",
        failure(() -> answered(answer(200, JSON, "{}")).json().at("/b").text()).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {" <!DOCTYPE html>", "\n<HTML>", "<head>"})
  void aWebPageIsNamedAsSuch(String page) {
    Failure failure = failure(() -> answered(answer(200, "text/html", page)).json());
    assertEquals(Reason.HTML_INSTEAD_OF_JSON, failure.reason());
    assertEquals("POST /v1/x answered with a web page instead of JSON", failure.getMessage());
    assertEquals("200, text/html, " + page.strip(), failure.actual());
    Failure disguised = failure(() -> answered(answer(200, JSON, page)).json());
    assertEquals(Reason.HTML_INSTEAD_OF_JSON, disguised.reason());
  }

  @Test
  void answersAreDescribedOnOneLine() {
    assertEquals("200, no content type, empty body", answered(answer(200, "", " ")).described());
    assertEquals(
        "404, text/plain, not found here",
        answered(answer(404, "Text/Plain; charset=x", "not\n\t found  here ")).described());
  }

  @Test
  void personalBodiesAreNotQuoted() {
    Answered profile = answered("control-plane", answer(200, JSON, "{\"mail\":\"a@b\"}"));
    assertEquals("200, application/json, " + Json.PRIVATE, profile.described());
    assertEquals(Json.PRIVATE, profile.json().at("/mail").toString());
  }
}
