package dev.meshcheck.suites.check;

import static dev.meshcheck.suites.check.Canned.JSON;
import static dev.meshcheck.suites.check.Canned.answer;
import static dev.meshcheck.suites.check.Canned.answered;
import static dev.meshcheck.suites.check.Canned.events;
import static dev.meshcheck.suites.check.Canned.failure;
import static dev.meshcheck.suites.check.Canned.stream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.meshcheck.fixtures.exchange.Answer.Ending;
import dev.meshcheck.reports.outcome.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventsTest {

  private static final String TWO = "data: {\"a\":1}\n\ndata: {\"a\":2}\n\ndata: [DONE]\n\n";

  @Test
  void chunksAreTheEventsButTheLastWord() {
    Events events = events(TWO);
    assertEquals(
        List.of("{\"a\":1}", "{\"a\":2}"), events.chunks().stream().map(Json::toString).toList());
    assertEquals("event 2", events.chunks().get(1).place());
    assertEquals(3, events.frames().size());
    assertSame(events, events.mustBeWellFormed());
    assertEquals("POST /v1/x", events.answered().what());
  }

  @Test
  void commentsAndTypesAreNoChunks() {
    Events events =
        events(": keep-alive\r\n\r\nevent: a\r\ndata: {\"a\":1}\r\n\r\ndata: [DONE]\r\n\r\n");
    assertSame(events, events.mustBeWellFormed());
    assertEquals(1, events.chunks().size());
    assertEquals(2, events.frames().size());
  }

  @Test
  void whatAFilterSaysOfThePromptIsNoChunk() {
    String filter = "data: {\"choices\":[],\"id\":\"\",\"prompt_filter_results\":[{}]}\n\n";
    Events events = events(filter + TWO);
    assertEquals(2, events.chunks().size());
    assertEquals("event 2", events.chunks().get(0).place());
    String told = "data: {\"choices\":[],\"usage\":{},\"prompt_filter_results\":[{}]}\n\n";
    assertEquals(3, events(told + TWO).chunks().size());
  }

  @Test
  void anEventThatIsNoJsonIsNamedByItsNumber() {
    Failure failure = failure(() -> events("data: {}\n\ndata: {oops\n\n").mustBeWellFormed());
    assertEquals(Reason.STREAM_MALFORMED, failure.reason());
    assertEquals("POST /v1/x: event 2 is not valid JSON: ", failure.getMessage().substring(0, 39));
    assertEquals("JSON or [DONE] in every event", failure.expected());
    assertEquals("{oops", failure.actual());
  }

  @Test
  void aRefusedStreamIsNone() {
    Failure failure = failure(() -> answered(answer(400, JSON, "{}")).events().mustBeWellFormed());
    assertEquals(Reason.WRONG_STATUS, failure.reason());
  }

  @Test
  void anAnswerOfAnotherTypeIsNoStream() {
    Failure failure = failure(() -> answered(answer(200, JSON, "{}")).events().mustBeWellFormed());
    assertEquals(Reason.WRONG_CONTENT_TYPE, failure.reason());
    assertEquals(
        "POST /v1/x with stream: true is not answered with an event stream", failure.getMessage());
    assertEquals("200, application/json, {}", failure.actual());
  }

  @ParameterizedTest
  @CsvSource({
    "CUT, STREAM_TRUNCATED, broke off after, cut",
    "IDLE, TIMEOUT, fell silent for too long after, idle",
    "TIMED_OUT, TIMEOUT, 'was not over when its time was up, after', timed-out",
    "TOO_LARGE, BODY_TOO_LARGE, was too large to be read on after, too-large"
  })
  void aStreamThatDoesNotEndIsNotWellFormed(
      Ending ending, Reason reason, String what, String word) {
    Failure failure = failure(() -> answered(stream(TWO, ending, 1)).events().mustBeWellFormed());
    assertEquals(reason, failure.reason());
    assertEquals("POST /v1/x: the stream " + what + " 3 events", failure.getMessage());
    assertEquals("3 events, then " + word, failure.actual());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"error\":{\"code\":500}}", "{\"type\":\"error\",\"code\":\"x\"}"})
  void anErrorInsideTheStreamIsHeard(String error) {
    Failure failure =
        failure(
            () -> events("data: {}\n\ndata: " + error + "\n\ndata: [DONE]\n\n").mustBeWellFormed());
    assertEquals(Reason.STREAM_ERROR, failure.reason());
    assertEquals("POST /v1/x tells of an error inside its 200 stream", failure.getMessage());
    assertEquals(error, failure.actual());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "data: [DONE]\n\n"})
  void aStreamHoldsSomething(String text) {
    Failure failure = failure(() -> events(text).mustBeWellFormed());
    assertEquals(Reason.STREAM_MALFORMED, failure.reason());
    assertEquals("POST /v1/x: the stream holds no event", failure.getMessage());
  }
}
