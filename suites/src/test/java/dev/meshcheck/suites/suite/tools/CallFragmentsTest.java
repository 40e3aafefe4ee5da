package dev.meshcheck.suites.suite.tools;

import static dev.meshcheck.suites.check.Canned.failure;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.suites.check.Json;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallFragmentsTest {

  private static List<Json> chunks(String... bodies) {
    return Arrays.stream(bodies).map(body -> Json.parse("chunk", body)).toList();
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
    failure(late::mustBeginOnce);
    CallFragments changed =
        CallFragments.of(
            chunks(call(0, "\"id\":\"c0\",", "get", "{"), call(0, "\"id\":\"c1\",", "", "}")));
    assertEquals(Reason.STREAM_MALFORMED, failure(changed::mustBeginOnce).reason());
  }

  @Test
  void aCallIsNamedOnce() {
    String id = "\"id\":\"c0\",\"type\":\"function\",";
    CallFragments once = CallFragments.of(chunks(call(0, id, "get", "{"), call(0, "", "", "}")));
    assertDoesNotThrow(once::mustNameOnce);
    String later = call(0, "\"id\":null,", "", "}");
    CallFragments nothing =
        CallFragments.of(
            chunks(
                call(0, id, "get", "{"),
                later.replace("{\"arguments", "{\"name\":null,\"arguments")));
    assertDoesNotThrow(nothing::mustNameOnce);
    CallFragments empty =
        CallFragments.of(
            chunks(
                call(0, id, "get", "{"),
                later.replace("{\"arguments", "{\"name\":\"\",\"arguments")));
    assertEquals(
        "a later fragment of a call has an empty function/name",
        failure(empty::mustNameOnce).getMessage());
    CallFragments untyped = CallFragments.of(chunks(call(0, "\"id\":\"c0\",", "get", "{}")));
    assertEquals(
        "the first fragment of a call has no type", failure(untyped::mustNameOnce).getMessage());
    CallFragments ids = CallFragments.of(chunks(call(0, id, "get", "{"), call(0, id, "", "}")));
    assertEquals(
        "a later fragment of a call repeats its id", failure(ids::mustNameOnce).getMessage());
    CallFragments names =
        CallFragments.of(chunks(call(0, id, "get", "{"), call(0, "", "get", "}")));
    assertEquals(
        "a later fragment of a call repeats its function/name",
        failure(names::mustNameOnce).getMessage());
  }

  @Test
  void argumentsThatLackAPieceAreNoJson() {
    CallFragments calls = CallFragments.of(chunks(call(0, "\"id\":\"c0\",", "get", "{\\\"a\\\"")));
    assertEquals(Reason.NOT_JSON, failure(calls::arguments).reason());
    assertTrue(
        CallFragments.of(chunks("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}"))
            .none());
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
