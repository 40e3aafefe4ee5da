package dev.meshcheck.reports.cause;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotedKeyTest {

  private static List<QuotedKey> in(String words) {
    return QuotedKey.in(words).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "Incorrect API key provided: sk-ab****wxyz., sk-ab, wxyz",
    "Authentication Fails (Your api key: ****9fb2 is invalid), '', 9fb2",
    "Received API Key = sk-...1234 and no such key, sk-, 1234",
    "Invalid key ak-12\u20269f3c, ak-12, 9f3c",
    "no such key: ****ab3=, '', ab3=",
    "no such key: q+/x****a/3=, q+/x, a/3="
  })
  void whatIsQuotedIsFound(String words, String start, String end) {
    assertEquals(List.of(new QuotedKey(start, end)), in(words));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Wait...then try again",
        "**Note** that the key is wrong",
        "2 * 3 ** 4",
        "foo(**kwargs) got an unexpected argument",
        "must be below 2**63",
        "**Invalid API key**",
        "***Invalid API key***",
        "see gpt-4...then ask again",
        "the key ******** is hidden",
        "see docs..."
      })
  void whatLooksLikeOneIsNone(String words) {
    assertEquals(List.of(), in(words));
  }

  @Test
  void onlyBothEndsTogetherAreThoseOfAKey() {
    QuotedKey quoted = new QuotedKey("sk-ab", "wxyz");
    assertTrue(quoted.isOf("sk-abcdefghuvwxyz"));
    assertFalse(quoted.isOf("sk-abcdefghuv1234"));
    assertFalse(quoted.isOf("ak-abcdefghuvwxyz"));
  }

  @Test
  void twoRefusalsAreComparedWithoutIt() {
    assertEquals(
        QuotedKey.without("Incorrect API key: sk-ab****wxyz."),
        QuotedKey.without("Incorrect API key: sk-cd****1234."));
  }
}
