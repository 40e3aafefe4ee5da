package dev.meshcheck.suites.check;

import static dev.meshcheck.suites.check.Canned.failure;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopStringTest {

  private static final String TEXT = "I am a";
  private static final String STOP = " test";

  private static void judge(String tokens) {
    StopString.mustBeTheTokens(List.of(tokens.split("\\|")), TEXT, STOP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"I| am| a", "I| am| a| test", "I| am| a| te|sting", " I| am| a", "<s>|I| am| a"})
  void tokensMayEndWithTheTextOrWithTheStopString(String tokens) {
    assertDoesNotThrow(() -> judge(tokens));
  }

  @ParameterizedTest
  @ValueSource(strings = {"I| am", "I| am| b", "I| am| a| test| and| more"})
  void theyMayNeitherLackSomethingNorGoOn(String tokens) {
    failure(() -> judge(tokens));
  }

  @Test
  void tokensThatAreNoTextTellNothing() {
    assertThrows(Inapplicable.class, () -> StopString.mustBeTheTokens(List.of(), TEXT, STOP));
    assertThrows(Inapplicable.class, () -> judge("I| am|\uFFFD"));
  }
}
