package dev.meshcheck.suites.check;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpochTest {

  private static Json time(Object value) {
    return Json.parse("created", String.valueOf(value));
  }

  @Test
  void nowIsATime() {
    assertDoesNotThrow(() -> Epoch.mustBeSeconds(time(Instant.now().getEpochSecond())));
    assertDoesNotThrow(() -> Epoch.mustBeSeconds(time(1_600_000_000L)));
  }

  @Test
  void aTimeMayHaveAFraction() {
    assertDoesNotThrow(() -> Epoch.mustBeSeconds(time("1700000000.5")));
    assertThrows(Failure.class, () -> Epoch.mustBeSeconds(time("1700000000000.5")));
  }

  @Test
  void noTimeIsNoWrongTime() {
    assertDoesNotThrow(() -> Epoch.mustBeSeconds(time(null)));
  }

  @Test
  void millisecondsAreNoSeconds() {
    assertThrows(Failure.class, () -> Epoch.mustBeSeconds(time(Instant.now().toEpochMilli())));
  }

  @Test
  void theFutureIsNotYet() {
    long later = Instant.now().plus(Duration.ofDays(3)).getEpochSecond();
    assertThrows(Failure.class, () -> Epoch.mustBeSeconds(time(later)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1500000000", "\"1700000000\""})
  void othersAreNoTimes(String value) {
    assertThrows(Failure.class, () -> Epoch.mustBeSeconds(time(value)));
  }
}
