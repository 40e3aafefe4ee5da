package dev.meshcheck.suites.exporter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a scrape's time is left for telling. */
class DeadlinesTest {

  @ParameterizedTest
  @CsvSource({
    "1000,500,750",
    "2500,2000,2250",
    "5000,4000,4500",
    "15000,12000,13500",
    "60000,57000,58500"
  })
  void aFifthIsLeftAtLeastHalfASecondAndThreeAtMost(long most, long run, long end) {
    Deadlines deadlines = new Deadlines(Duration.ofMillis(most));
    assertEquals(Duration.ofMillis(run), deadlines.ofTheRun());
    assertEquals(Duration.ofMillis(end), deadlines.ofTheEnd());
  }

  @Test
  void aRunMayEndAMillisecondEarly() {
    Deadlines deadlines = new Deadlines(Duration.ofSeconds(5));
    assertTrue(deadlines.ended(Duration.ofMillis(3_999)));
    assertFalse(deadlines.ended(Duration.ofMillis(3_900)));
  }
}
