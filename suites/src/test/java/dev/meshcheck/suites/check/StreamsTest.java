package dev.meshcheck.suites.check;

import static dev.meshcheck.suites.check.Canned.JSON;
import static dev.meshcheck.suites.check.Canned.answer;
import static dev.meshcheck.suites.check.Canned.answered;
import static dev.meshcheck.suites.check.Canned.events;
import static dev.meshcheck.suites.check.Canned.failure;
import static dev.meshcheck.suites.check.Canned.stream;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Answer.Ending;
import dev.meshcheck.reports.outcome.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsTest {

  private static final String EVENT = "data: {}\n\n";
  private static final String DONE = "data: [DONE]\n\n";
  private static final Set<String> KNOWN = Set.of("stop", "length");

  private static List<Json> chunks(String... bodies) {
    return Arrays.stream(bodies).map(body -> Json.parse("chunk", body.replace('\'', '"'))).toList();
  }

  private static String choice(int index, String rest) {
    return "{'choices':[{'index':" + index + rest + "}]}";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        EVENT + DONE,
        EVENT + "data: [DONE]",
        EVENT + "data: [DONE]\n",
        "data: {}\r\n\r\ndata: [DONE]\r\n\r\n",
        EVENT + ": bye\n\ndata:[DONE]\n\n"
      })
  void doneComesLast(String text) {
    assertDoesNotThrow(() -> Streams.mustEndWithDone(events(text)));
  }

  @Test
  void aStreamWithoutDoneIsTruncated() {
    Failure failure = failure(() -> Streams.mustEndWithDone(events(EVENT)));
    assertEquals(Reason.STREAM_TRUNCATED, failure.reason());
    assertEquals("POST /v1/x: the stream ends without data: [DONE]", failure.getMessage());
    assertEquals("data: [DONE] as the last event", failure.expected());
    assertEquals("{}", failure.actual());
    assertEquals("no event", failure(() -> Streams.mustEndWithDone(events(""))).actual());
  }

  @Test
  void doneComesOnceAndNothingAfterIt() {
    Failure twice = failure(() -> Streams.mustEndWithDone(events(EVENT + DONE + DONE)));
    assertEquals(Reason.STREAM_MALFORMED, twice.reason());
    assertEquals("POST /v1/x: [DONE] is not exactly once and last", twice.getMessage());
    assertEquals("2 times; the last event is [DONE]", twice.actual());
    assertEquals(
        "2 times; the last event is [DONE]",
        failure(() -> Streams.mustEndWithDone(events(DONE + EVENT + DONE))).actual());
    assertEquals(
        "1 times; the last event is {}",
        failure(() -> Streams.mustEndWithDone(events(DONE + EVENT))).actual());
  }

  @Test
  void dataOnlyStreamsHaveNoTypes() {
    assertDoesNotThrow(() -> Streams.mustBeDataOnly(events(EVENT + DONE)));
    Failure failure = failure(() -> Streams.mustBeDataOnly(events("event: a\ndata: {}\n\n")));
    assertEquals(Reason.STREAM_MALFORMED, failure.reason());
    assertEquals("1 events with event: lines", failure.actual());
    // Which is what an event without that line is.
    assertDoesNotThrow(() -> Streams.mustBeDataOnly(events("event: message\ndata: {}\n\n")));
  }

  @Test
  void chunksNameOneModel() {
    List<Json> chunks = List.of(Json.parse("a", "{}"), Json.parse("b", "{\"model\":\"m\"}"));
    assertThrows(CouldNotRun.class, () -> Streams.mustName(chunks, "m"));
    List<Json> last = chunks.subList(1, 2);
    assertDoesNotThrow(() -> Streams.mustName(last, "m"));
    assertDoesNotThrow(() -> Streams.mustName(chunks.subList(0, 1), "m"));
    assertEquals(
        "the model of a stream, by its chunks, should be \"n\" but was \"m\"",
        failure(() -> Streams.mustName(last, "n")).getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: 1\n\n",
        "data: 1\r\n\r\n",
        "data: 1\r\r",
        "data: 1\n\n: bye",
        "data: 1\n\n: bye\n",
        "a\r\n\n"
      })
  void theLastEventIsTerminated(String text) {
    assertDoesNotThrow(() -> Streams.mustTerminateLastEvent(events(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {EVENT + "data: 1", EVENT + "data: 1\n", EVENT + "data: 1\r\n"})
  void anUnterminatedLastEventIsDropped(String text) {
    Failure failure = failure(() -> Streams.mustTerminateLastEvent(events(text)));
    assertEquals(Reason.STREAM_MALFORMED, failure.reason());
    assertEquals(
        "the last event is not followed by an empty line, so strict readers drop it",
        failure.getMessage());
    assertEquals("{}", failure.actual());
  }

  @Test
  void anUnterminatedOnlyEventIsDroppedToo() {
    assertEquals(
        "no event", failure(() -> Streams.mustTerminateLastEvent(events("data: 1\r\n"))).actual());
  }

  @Test
  void fieldsStayTheSame() {
    List<Json> same = chunks("{'id':'a','n':1}", "{'id':'a','n':2}");
    assertDoesNotThrow(() -> Streams.mustStayTheSame(same, "/id", "/nowhere"));
    Failure failure = failure(() -> Streams.mustStayTheSame(same, "/id", "/n"));
    assertEquals(Reason.WRONG_VALUE, failure.reason());
    assertEquals(
        "the values of /n over the stream should be a collection with size 1 but was [1, 2]",
        failure.getMessage());
  }

  @Test
  void everyChoiceFinishesOnce() {
    assertDoesNotThrow(
        () ->
            Streams.mustFinishOnce(
                chunks(
                    choice(0, ",'delta':{'content':'a'}"),
                    choice(1, ",'delta':{'content':'b'},'finish_reason':null"),
                    choice(
                        0,
                        ",'delta':{'content':'the finish may carry text'},'finish_reason':'stop'"),
                    choice(1, ",'delta':{},'finish_reason':'length'"),
                    choice(0, ",'delta':{'content':''}"),
                    "{'choices':[],'usage':{}}"),
                KNOWN));
  }

  @Test
  void aChoiceWithoutEndIsTruncated() {
    Failure failure =
        failure(
            () ->
                Streams.mustFinishOnce(
                    chunks(choice(0, ",'finish_reason':'stop'"), choice(1, "")), KNOWN));
    assertEquals(Reason.STREAM_TRUNCATED, failure.reason());
    assertEquals("the stream ends before every choice has its finish_reason", failure.getMessage());
    assertEquals("a finish_reason for the choices [0, 1]", failure.expected());
    assertEquals("finished: [0]", failure.actual());
    assertEquals(
        Reason.STREAM_TRUNCATED,
        failure(() -> Streams.mustFinishOnce(chunks("{'choices':[]}"), KNOWN)).reason());
  }

  @Test
  void aChoiceDoesNotFinishTwiceNorForAnUnknownReason() {
    String stop = choice(0, ",'finish_reason':'stop'");
    Failure twice = failure(() -> Streams.mustFinishOnce(chunks(stop, stop), KNOWN));
    assertEquals(Reason.WRONG_VALUE, twice.reason());
    assertEquals("choice 0 finishes twice", twice.getMessage());
    Failure unknown =
        failure(() -> Streams.mustFinishOnce(chunks(choice(0, ",'finish_reason':'eos'")), KNOWN));
    assertEquals(Reason.WRONG_VALUE, unknown.reason());
    assertEquals("\"eos\"", unknown.actual());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'delta':{'content':'a'}",
        "'delta':{'reasoning':'a'}",
        "'delta':{'reasoning_content':'a'}",
        "'text':'a'"
      })
  void nothingFollowsAfterTheEnd(String more) {
    List<Json> chunks = chunks(choice(0, ",'finish_reason':'stop'"), choice(0, "," + more));
    Failure failure = failure(() -> Streams.mustFinishOnce(chunks, KNOWN));
    assertEquals(Reason.STREAM_MALFORMED, failure.reason());
    assertEquals("text follows after the finish_reason of its choice", failure.getMessage());
  }

  @Test
  void noCallFollowsAfterTheEnd() {
    String call = ",'delta':{'tool_calls':[{'index':0}]}";
    List<Json> late =
        chunks(choice(0, ",'finish_reason':'tool_calls'"), choice(1, call), choice(0, call));
    Failure failure = failure(() -> Streams.mustEndWithTheirReasons(late));
    assertEquals("a call follows after the finish_reason of its choice", failure.getMessage());
    Streams.mustEndWithTheirReasons(late.subList(0, 2));
  }

  @Test
  void textIsJoinedOverTheChunks() {
    List<Json> chunks =
        chunks(
            choice(0, ",'delta':{'reasoning':'hm ','content':'a'},'text':'x'"),
            choice(1, ",'delta':{'content':'b'},'finish_reason':'stop'"),
            "{'usage':{}}",
            choice(0, ",'delta':{'reasoning_content':'c'},'text':'y','finish_reason':'length'"));
    assertEquals("ahm bc", Streams.everythingSaid(chunks));
    assertEquals("a", Streams.contentOf(chunks, "/delta/content"));
    assertEquals("xy", Streams.contentOf(chunks, "/text"));
    assertEquals(List.of("stop", "length"), Streams.finishReasons(chunks));
  }

  @Test
  void aWrongStreamIsRefusedByStatusOrEvent() {
    assertDoesNotThrow(
        () -> Streams.mustTellError(answered(answer(400, JSON, "{}")), "it is wrong"));
    assertDoesNotThrow(
        () ->
            Streams.mustTellError(
                answered(stream("data: {\"error\":{}}\n\n" + DONE, Ending.COMPLETE, 1)),
                "it is wrong"));
    assertEquals(
        Reason.SERVER_ERROR,
        failure(() -> Streams.mustTellError(answered(answer(500, JSON, "{}")), "it is wrong"))
            .reason());
    Failure failure =
        failure(
            () ->
                Streams.mustTellError(
                    answered(stream(EVENT + DONE, Ending.COMPLETE, 1)), "it is wrong"));
    assertEquals(Reason.NOT_REFUSED, failure.reason());
    assertEquals(
        "POST /v1/x is streamed as if it were right although it is wrong", failure.getMessage());
  }

  private static final String USAGE =
      "'usage':{'prompt_tokens':1,'completion_tokens':2,'total_tokens':3}";

  @Test
  void usageIsToldAndAddsUp() {
    assertEquals(
        new Usage("/usage in chunk", 1, 2, 3),
        Streams.mustTellUsage(chunks("{'usage':null}", "{" + USAGE + "}")));
    Failure none = failure(() -> Streams.mustTellUsage(chunks("{}", "{'usage':null}")));
    assertEquals(Reason.WRONG_VALUE, none.reason());
    assertEquals(
        "stream_options.include_usage is true and no chunk tells usage", none.getMessage());
    assertEquals("none in 2 chunks", none.actual());
    assertEquals(
        "/usage in chunk: total_tokens beside 1 + 2 should be 3 but was 4",
        failure(
                () ->
                    Streams.mustTellUsage(
                        chunks("{" + USAGE + "}", "{" + USAGE.replace(":3", ":4") + "}")))
            .getMessage());
  }

  @Test
  void usageComesLastAndOnce() {
    String last = "{'choices':[]," + USAGE + "}";
    assertDoesNotThrow(() -> Streams.mustTellUsageLast(chunks(choice(0, ""), last)));
    String message = "usage does not come last in a chunk without choices";
    assertEquals(
        message,
        failure(() -> Streams.mustTellUsageLast(chunks(last, choice(0, "")))).getMessage());
    assertEquals(
        message,
        failure(() -> Streams.mustTellUsageLast(chunks("{'choices':[{}]," + USAGE + "}")))
            .getMessage());
    assertEquals(
        "the number of chunks with usage should be 1 but was 2",
        failure(() -> Streams.mustTellUsageLast(chunks(last, last))).getMessage());
  }

  private static final String ASKED =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],"
          + "\"max_tokens\":320,\"temperature\":0,\"stream\":true}";

  private static final String ONE_TOKEN =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],"
          + "\"max_tokens\":1,\"temperature\":0}";

  /** Streams whose events come so far apart, each after a second. */
  private static void arriving(double firstMs, double... gapsMs) {
    try (Canned host = new Canned("on-demand")) {
      for (int nth = 1; nth <= gapsMs.length; nth++) {
        Answer stream = Canned.stream(EVENT.repeat(8), Ending.COMPLETE, firstMs, gapsMs[nth - 1]);
        host.streams("/v1/chat/completions", ASKED, nth, stream);
        host.answers("/v1/chat/completions", ONE_TOKEN, nth, Canned.answer(200, Canned.JSON, "{}"));
      }
      Probe probe = host.probe();
      Streams.mustArriveInPieces(
          probe.chat("hi"), tokens -> probe.chat("hi"), probe.chat("hi").with("max_tokens", 1));
    }
  }

  @Test
  void oneStreamInPiecesIsEnough() {
    assertDoesNotThrow(() -> arriving(1000, 25));
    assertDoesNotThrow(() -> arriving(1000, 0, 0, 25));
  }

  @Test
  void threeLateStreamsAtOnceAreHeldBack() {
    Failure failure = failure(() -> arriving(1000, 0, 0, 0.1, 0.1));
    assertEquals(Reason.STREAM_BUFFERED, failure.reason());
    assertEquals(
        "8 events between 1000 and 1001 ms; an answer of one token takes 1 ms", failure.actual());
    assertEquals(
        "the stream comes late and all at once: something on the way holds it back",
        failure.getMessage());
  }

  @Test
  void aStreamThatIsThereAtOnceAnywayTellsNothing() {
    Inapplicable fast = assertThrows(Inapplicable.class, () -> arriving(10, 0, 0.01));
    assertEquals(
        "it cannot be told how the stream comes: 8 events between 10 and 10 ms;"
            + " an answer of one token takes 1 ms",
        fast.getMessage());
  }

  @Test
  void aShortAnswerTellsNothing() {
    try (Canned host = new Canned("on-demand")) {
      Answer brief = stream(EVENT.repeat(7), Ending.COMPLETE, 0);
      host.streams("/v1/chat/completions", ASKED, 1, brief);
      host.streams("/v1/chat/completions", ASKED, 2, brief);
      host.answers("/v1/chat/completions", ONE_TOKEN, 2, Canned.answer(200, Canned.JSON, "{}"));
      Probe probe = host.probe();
      Inapplicable told =
          assertThrows(
              Inapplicable.class,
              () ->
                  Streams.mustArriveInPieces(
                      probe.chat("hi"),
                      tokens -> probe.chat("hi"),
                      probe.chat("hi").with("max_tokens", 1)));
      assertEquals("the answer is too short to tell: 7 events", told.getMessage());
    }
  }

  @Test
  void aFastHostIsAskedForALongAnswer() {
    try (Canned host = new Canned("on-demand")) {
      String long320 = ASKED.replace("hi", "count");
      host.streams(
          "/v1/chat/completions", ASKED, 1, Canned.stream(EVENT.repeat(8), Ending.COMPLETE, 12, 0));
      for (int nth = 2; nth <= 4; nth++) {
        host.streams(
            "/v1/chat/completions",
            long320,
            nth,
            Canned.stream(EVENT.repeat(30), Ending.COMPLETE, 400, 0));
        host.answers("/v1/chat/completions", ONE_TOKEN, nth, Canned.answer(200, Canned.JSON, "{}"));
      }
      Probe probe = host.probe();
      Failure failure =
          failure(
              () ->
                  Streams.mustArriveInPieces(
                      probe.chat("hi"),
                      tokens -> probe.chat("count").with("max_tokens", tokens),
                      probe.chat("hi").with("max_tokens", 1)));
      assertEquals(
          "30 events between 400 and 400 ms; an answer of one token takes 1 ms", failure.actual());
    }
  }
}
