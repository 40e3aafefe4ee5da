package dev.meshcheck.suites.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathSegmentsTest {

  @Test
  void aUsualIdStaysAsItIs() {
    assertEquals("resp_0a-B.c~1", PathSegments.one("it", "resp_0a-B.c~1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "a;b?c#d",
        "/../../auth/profile",
        "a\r\nX: 1",
        "%2e%2e",
        "é\uD83D\uDE00",
        "\0"
      })
  void everyOtherIdIsOneSegmentAndComesBackWhole(String id) {
    URI uri = URI.create("http://host/v1/responses/" + PathSegments.one("it", id));
    assertEquals("/v1/responses/" + id, uri.getPath());
    assertEquals(4, uri.getRawPath().split("/", -1).length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".."})
  void whatLeadsElsewhereIsRefused(String id) {
    CouldNotRun refused = assertThrows(CouldNotRun.class, () -> PathSegments.one("the thing", id));
    assertEquals(
        "the thing has the id \"" + id + "\", which leads to another path", refused.getMessage());
  }

  @Test
  void whatIsTooLongIsRefused() {
    assertThrows(CouldNotRun.class, () -> PathSegments.one("it", "a".repeat(513)));
  }
}
