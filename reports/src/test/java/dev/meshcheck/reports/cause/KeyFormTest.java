package dev.meshcheck.reports.cause;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in Base64, and what only looks like one. */
class KeyFormTest {

  @ParameterizedTest
  @ValueSource(strings = {"ak-0123456789abcdef3f9c", "ak-0123456789abcdef3f9c\n"})
  void aKeyInBase64IsKnownByWhatIsInIt(String key) {
    assertEquals(Optional.of(KeyForm.TENSORMESH), KeyForm.of(base64(key)).encodes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ak-short", "ak-but these are words", "0123456789abcdef0123456789abcdef"})
  void otherThingsInBase64AreNoKeys(String inner) {
    assertEquals(Optional.empty(), KeyForm.of(base64(inner)).encodes());
  }

  @Test
  void aKeyIsNoneInBase64() {
    assertEquals(Optional.empty(), KeyForm.of("ak-0123456789abcdef3f9c").encodes());
    assertEquals(Optional.empty(), KeyForm.of("0123456789abcdef").encodes());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }
}
