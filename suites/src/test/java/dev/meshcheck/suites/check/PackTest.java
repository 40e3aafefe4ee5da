package dev.meshcheck.suites.check;

import static dev.meshcheck.suites.check.Pack.FULL;
import static dev.meshcheck.suites.check.Pack.LIMITS;
import static dev.meshcheck.suites.check.Pack.QUALITY;
import static dev.meshcheck.suites.check.Pack.SMOKE;
import static dev.meshcheck.suites.check.Pack.STANDARD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PackTest {

  @Test
  void eachSizeHoldsTheSmallerOnes() {
    assertEquals(Set.of(SMOKE), Pack.named(List.of("smoke")));
    assertEquals(Set.of(SMOKE, STANDARD), Pack.named(List.of("standard")));
    assertEquals(Set.of(SMOKE, STANDARD, FULL), Pack.named(List.of("full")));
  }

  @Test
  void whatIsOnTopComesOnTopOfStandard() {
    assertEquals(Set.of(SMOKE, STANDARD, LIMITS), Pack.named(List.of("limits")));
    assertEquals(
        Set.of(SMOKE, STANDARD, LIMITS, QUALITY), Pack.named(List.of("quality", "limits")));
  }

  @Test
  void whatIsOnTopComesOnTopOfTheSizeThatIsNamed() {
    assertEquals(Set.of(SMOKE, QUALITY), Pack.named(List.of("smoke", "quality")));
    assertEquals(Set.of(SMOKE, STANDARD, FULL, LIMITS), Pack.named(List.of("full", "limits")));
  }
}
