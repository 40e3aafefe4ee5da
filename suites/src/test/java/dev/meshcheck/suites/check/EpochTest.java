package dev.meshcheck.suites.check;

import static dev.meshcheck.suites.check.Canned.failure;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.reports.outcome.Reason;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpochTest {

  private static void mustBeSeconds(Object time) {
    Epoch.mustBeSeconds(Json.parse("created", String.valueOf(time)));
  }

  private static long in(Duration time) {
    return Instant.now().plus(time).getEpochSecond();
  }

  @Test
  void secondsSince1970AreATime() {
    assertDoesNotThrow(() -> mustBeSeconds(in(Duration.ZERO)));
    assertDoesNotThrow(() -> mustBeSeconds(1_500_000_001));
  }

  @Test
  void aTimeMayHaveAFraction() {
    assertDoesNotThrow(() -> mustBeSeconds(1_700_000_000.5));
    assertEquals(Reason.WRONG_VALUE, failure(() -> mustBeSeconds("1700000000000.5")).reason());
  }

  @Test
  void noTimeIsNoWrongTime() {
    assertDoesNotThrow(() -> mustBeSeconds(null));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1_500_000_000L, 1_800_000_000_000L})
  void otherNumbersAreNoSeconds(long time) {
    Failure failure = failure(() -> mustBeSeconds(time));
    assertEquals(Reason.WRONG_VALUE, failure.reason());
    assertEquals(String.valueOf(time), failure.actual());
    assertThat(
        failure.getMessage(),
        startsWith(
            "created in seconds should be"
                + " (a value greater than 1500000000 and a value less than "));
  }

  @Test
  void secondsAreANumber() {
    Failure failure = failure(() -> mustBeSeconds("\"1700000000\""));
    assertEquals(Reason.SCHEMA_MISMATCH, failure.reason());
    assertEquals("created is not an integer", failure.getMessage());
  }

  @Test
  void aClockMayBeOffByADayAndNoMore() {
    assertDoesNotThrow(() -> mustBeSeconds(in(Duration.ofHours(23))));
    failure(() -> mustBeSeconds(in(Duration.ofHours(25))));
  }
}
