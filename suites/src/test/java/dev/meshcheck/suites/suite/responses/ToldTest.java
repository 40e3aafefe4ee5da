package dev.meshcheck.suites.suite.responses;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meshcheck.suites.check.Failure;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ToldTest {

  private static String failure(String one, String other, Optional<String> third) {
    return assertThrows(Failure.class, () -> compare(one, other, third)).getMessage();
  }

  private static void compare(String one, String other, Optional<String> third) {
    Told.mustBeTheSame(new Told("the deltas", one), new Told("the end", other), third);
  }

  @Test
  void whatIsTheSameIsRight() {
    assertDoesNotThrow(() -> compare("a", "a", Optional.of("b")));
  }

  @Test
  void theThirdPlaceSaysWhichIsWrong() {
    assertEquals("the end should be \"a\" but was \"\"", failure("a", "", Optional.of("a")));
    assertEquals(
        "the deltas should be \"ab\" but was \"a\"", failure("a", "ab", Optional.of("ab")));
  }

  @Test
  void withoutOneNothingDoes() {
    String message = "the deltas and the end are not the same, and nothing tells which is right";
    assertEquals(message, failure("a", "", Optional.empty()));
    assertEquals(message, failure("a", "b", Optional.of("c")));
  }

  @Test
  void bothAreToldThen() {
    Failure failure = assertThrows(Failure.class, () -> compare("a", "", Optional.empty()));
    assertEquals("\"a\" and nothing", failure.actual());
  }
}
