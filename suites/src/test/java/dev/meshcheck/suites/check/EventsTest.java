package dev.meshcheck.suites.check;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meshcheck.fixtures.exchange.Answer.Ending;
import dev.meshcheck.reports.outcome.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventsTest {

  @Test
  void commentsAndTypesAreNoChunks() {
    Events events =
        Answers.stream(
            ": keep-alive\r\n\r\nevent: a\r\ndata: {\"a\":1}\r\n\r\ndata: [DONE]\r\n\r\n");
    assertDoesNotThrow(events::mustBeWellFormed);
    assertEquals(1, events.chunks().size());
    assertEquals(2, events.frames().size());
  }

  @Test
  void anErrorInsideIsAFailure() {
    Events events = Answers.events("{\"choices\":[]}", "{\"error\":{\"message\":\"broke\"}}");
    Failure failure = assertThrows(Failure.class, events::mustBeWellFormed);
    assertEquals(Reason.STREAM_ERROR, failure.reason());
  }

  @Test
  void aTypedErrorInsideIsAFailureToo() {
    Events events = Answers.events("{\"type\":\"error\",\"message\":\"broke\"}");
    Failure failure = assertThrows(Failure.class, events::mustBeWellFormed);
    assertEquals(Reason.STREAM_ERROR, failure.reason());
  }

  @Test
  void anEventThatIsNoJsonIsMalformed() {
    Events events = Answers.events("{\"choices\":[]}", "{\"cho");
    Failure failure = assertThrows(Failure.class, events::mustBeWellFormed);
    assertEquals(Reason.STREAM_MALFORMED, failure.reason());
  }

  @ParameterizedTest
  @CsvSource({"CUT, STREAM_TRUNCATED", "IDLE, TIMEOUT", "TIMED_OUT, TIMEOUT"})
  void aStreamThatBreaksOffIsNoStream(Ending ending, Reason reason) {
    Events events = Answers.stream("data: {\"choices\":[]}\n\n", ending);
    assertEquals(reason, assertThrows(Failure.class, events::mustBeWellFormed).reason());
  }

  @Test
  void nothingAtAllIsNoStream() {
    assertThrows(Failure.class, Answers.stream("")::mustBeWellFormed);
    assertThrows(Failure.class, Answers.stream("data: [DONE]\n\n")::mustBeWellFormed);
  }

  @Test
  void aWholeAnswerIsNoStream() {
    Events events = Answers.json("{\"choices\":[]}").events();
    Failure failure = assertThrows(Failure.class, events::mustBeWellFormed);
    assertEquals(Reason.WRONG_CONTENT_TYPE, failure.reason());
  }
}
