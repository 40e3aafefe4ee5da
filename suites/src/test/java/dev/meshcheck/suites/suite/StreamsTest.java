package dev.meshcheck.suites.suite;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Answers;
import dev.meshcheck.suites.check.Events;
import dev.meshcheck.suites.check.Failure;
import dev.meshcheck.suites.check.Json;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsTest {

  private static final Set<String> KNOWN = Set.of("stop", "length");

  private static String text(int index, String content) {
    return "{\"id\":\"a\",\"choices\":[{\"index\":%d,\"delta\":{\"content\":\"%s\"}}]}"
        .formatted(index, content);
  }

  private static String finish(int index, String reason, String last) {
    return "{\"id\":\"a\",\"choices\":[{\"index\":%d,\"delta\":{\"content\":\"%s\"},\"finish_reason\":\"%s\"}]}"
        .formatted(index, last, reason);
  }

  private static String usage(long total) {
    return "{\"id\":\"a\",\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":%d}}"
        .formatted(total);
  }

  private static List<Json> chunks(String... events) {
    return Answers.events(events).chunks();
  }

  private static Reason reason(Runnable check) {
    return assertThrows(Failure.class, check::run).reason();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {}\n\ndata: [DONE]\n\n",
        "data: {}\r\n\r\ndata: [DONE]\r\n\r\n",
        "data: {}\n\n: bye\n\ndata:[DONE]\n\n",
        "data: {}\n\ndata: [DONE]"
      })
  void doneMayStandInAnyFraming(String stream) {
    assertDoesNotThrow(() -> Streams.mustEndWithDone(Answers.stream(stream)));
  }

  @Test
  void doneMustBeThere() {
    Events events = Answers.stream("data: {}\n\n");
    assertEquals(Reason.STREAM_TRUNCATED, reason(() -> Streams.mustEndWithDone(events)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: [DONE]\n\ndata: {}\n\n",
        "data: {}\n\ndata: [DONE]\n\ndata: [DONE]\n\n",
        "data: [DONE]\n\ndata: {}\n\ndata: [DONE]\n\n"
      })
  void doneMustBeOnceAndLast(String stream) {
    Events events = Answers.stream(stream);
    assertEquals(Reason.STREAM_MALFORMED, reason(() -> Streams.mustEndWithDone(events)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"data: a\n\n", "data: a\r\n\r\n", "data: a\r\r", "data: a\n\n: bye\n"})
  void theLastEventIsTerminated(String stream) {
    assertDoesNotThrow(() -> Streams.mustTerminateLastEvent(Answers.stream(stream)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"data: a\n\ndata: b\n", "data: a\n\ndata: b", "data: a\r\n"})
  void theLastEventIsNotTerminated(String stream) {
    Events events = Answers.stream(stream);
    assertEquals(Reason.STREAM_MALFORMED, reason(() -> Streams.mustTerminateLastEvent(events)));
  }

  @Test
  void theFinishMayCarryText() {
    assertDoesNotThrow(
        () -> Streams.mustFinishOnce(chunks(text(0, "a"), finish(0, "stop", "b")), KNOWN));
  }

  @Test
  void everyChoiceFinishes() {
    List<Json> chunks = chunks(text(0, "a"), text(1, "b"), finish(0, "stop", ""));
    assertEquals(Reason.STREAM_TRUNCATED, reason(() -> Streams.mustFinishOnce(chunks, KNOWN)));
    List<Json> none = chunks(usage(5));
    assertEquals(Reason.STREAM_TRUNCATED, reason(() -> Streams.mustFinishOnce(none, KNOWN)));
  }

  @Test
  void noChoiceFinishesTwice() {
    List<Json> chunks = chunks(finish(0, "stop", ""), finish(0, "stop", ""));
    assertEquals(Reason.WRONG_VALUE, reason(() -> Streams.mustFinishOnce(chunks, KNOWN)));
  }

  @Test
  void noTextFollowsTheFinish() {
    List<Json> chunks = chunks(finish(0, "stop", ""), text(0, "a"));
    assertEquals(Reason.STREAM_MALFORMED, reason(() -> Streams.mustFinishOnce(chunks, KNOWN)));
  }

  @Test
  void theFinishIsAKnownWord() {
    List<Json> chunks = chunks(finish(0, "abort", ""));
    assertEquals(Reason.WRONG_VALUE, reason(() -> Streams.mustFinishOnce(chunks, KNOWN)));
  }

  @Test
  void identityStays() {
    assertDoesNotThrow(() -> Streams.mustStayTheSame(chunks(text(0, "a"), text(0, "b")), "/id"));
    List<Json> chunks = chunks(text(0, "a"), text(0, "b").replace("\"a\",\"ch", "\"z\",\"ch"));
    assertThrows(Failure.class, () -> Streams.mustStayTheSame(chunks, "/id"));
  }

  @Test
  void usageIsToldAndAddsUp() {
    assertEquals(5, Streams.mustTellUsage(chunks(text(0, "a"), usage(5))).total());
    assertThrows(Failure.class, () -> Streams.mustTellUsage(chunks(text(0, "a"))));
    assertThrows(Failure.class, () -> Streams.mustTellUsage(chunks(usage(6))));
  }

  @Test
  void usageComesLastAndOnce() {
    assertDoesNotThrow(() -> Streams.mustTellUsageLast(chunks(text(0, "a"), usage(5))));
    assertThrows(Failure.class, () -> Streams.mustTellUsageLast(chunks(usage(5), text(0, "a"))));
    assertThrows(Failure.class, () -> Streams.mustTellUsageLast(chunks(usage(5), usage(5))));
  }

  @Test
  void textOfTheFirstChoiceIsJoined() {
    List<Json> chunks = chunks(text(0, "a"), text(1, "x"), text(0, "b"));
    assertEquals("ab", Streams.contentOf(chunks, "/delta/content"));
    assertEquals("axb", Streams.everythingSaid(chunks));
  }

  @Test
  void anErrorIsToldByStatusOrByEvent() {
    assertDoesNotThrow(
        () -> Streams.mustTellError(Answers.of(400, "application/json", "{}"), "it is wrong"));
    assertDoesNotThrow(
        () ->
            Streams.mustTellError(
                Answers.events("{\"error\":{\"message\":\"no\"}}").answered(), "it is wrong"));
    assertEquals(
        Reason.NOT_REFUSED,
        reason(
            () -> Streams.mustTellError(Answers.events(text(0, "a")).answered(), "it is wrong")));
  }

  @Test
  void callsAreAssembledByIndex() {
    CallFragments calls =
        CallFragments.of(
            chunks(
                call(0, "\"id\":\"c0\",\"type\":\"function\",", "get", "{\\\"a\\\""),
                call(1, "\"id\":\"c1\",\"type\":\"function\",", "put", "{"),
                call(0, "", "", ":1}"),
                call(1, "", "", "}")));
    assertDoesNotThrow(calls::mustBeginOnce);
    assertEquals(List.of(0L, 1L), calls.indexes());
    assertEquals(List.of("get", "put"), calls.names());
    assertEquals("{\"a\":1}", calls.arguments().get(0).toString());
  }

  @Test
  void aCallBeginsWithItsIdAndKeepsIt() {
    CallFragments late =
        CallFragments.of(chunks(call(0, "", "get", "{"), call(0, "\"id\":\"c0\",", "", "}")));
    assertThrows(Failure.class, late::mustBeginOnce);
    CallFragments changed =
        CallFragments.of(
            chunks(call(0, "\"id\":\"c0\",", "get", "{"), call(0, "\"id\":\"c1\",", "", "}")));
    assertEquals(Reason.STREAM_MALFORMED, reason(changed::mustBeginOnce));
  }

  @Test
  void argumentsThatLackAPieceAreNoJson() {
    CallFragments calls = CallFragments.of(chunks(call(0, "\"id\":\"c0\",", "get", "{\\\"a\\\"")));
    assertEquals(Reason.NOT_JSON, reason(calls::arguments));
    assertTrue(CallFragments.of(chunks(text(0, "a"))).none());
  }

  private static String call(int index, String identity, String name, String arguments) {
    String named = name.isEmpty() ? "" : "\"name\":\"" + name + "\",";
    return "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":"
        + index
        + ","
        + identity
        + "\"function\":{"
        + named
        + "\"arguments\":\""
        + arguments
        + "\"}}]}}]}";
  }
}
