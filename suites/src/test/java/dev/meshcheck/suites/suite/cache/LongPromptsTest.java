package dev.meshcheck.suites.suite.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.suites.check.Canned;
import org.junit.jupiter.api.Test;

class LongPromptsTest {

  @Test
  void documentsBeginAlikeAndEndInWordsThatNoCacheCanKnow() {
    String one = LongPrompts.document("zebra-1");
    String other = LongPrompts.document("heron-2");
    int shared = 0;
    while (one.charAt(shared) == other.charAt(shared)) {
      shared++;
    }
    assertTrue(one.substring(0, shared).split(" ", -1).length > 300, one);
    assertTrue(one.substring(shared).split(" ", -1).length > LongPrompts.WORDS_BEHIND, one);
  }

  @Test
  void aNonceIsTheSameInARunAndAnotherInTheNext() {
    try (Canned host = new Canned("on-demand");
        Canned later = new Canned("on-demand")) {
      String first = host.probe().nonce("zebra");
      assertTrue(first.matches("zebra-\\d{6}"), first);
      assertEquals(first, host.probe().nonce("zebra"));
      assertNotEquals(first, later.probe().nonce("zebra"));
    }
  }

  @Test
  void theSpeedUpIsToldInOneLine() {
    assertEquals(
        "first token after 320 ms cold and 40 ms warm, 8.0 times as fast;"
            + " 544 of 561 prompt tokens came from the cache",
        CacheSpeedSuite.told(320, 40, 544, 561));
  }
}
