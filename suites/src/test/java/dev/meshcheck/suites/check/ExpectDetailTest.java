package dev.meshcheck.suites.check;

import static dev.meshcheck.suites.check.Canned.failure;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.reports.outcome.Reason;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values, token counts and times. */
class ExpectDetailTest {

  @Test
  void whatMatchesIsFine() {
    assertDoesNotThrow(() -> Expect.that("the count", 3L, is(3L)));
    assertDoesNotThrow(() -> Expect.that(Reason.NOT_REFUSED, true, "m", "w", "g"));
  }

  @Test
  void whatDoesNotMatchIsSaidWithoutJavasTypes() {
    Failure count = failure(() -> Expect.that("the count", 3L, is(greaterThan(-4L + 8))));
    assertEquals(Reason.WRONG_VALUE, count.reason());
    assertEquals("the count should be a value greater than 4 but was 3", count.getMessage());
    assertEquals("a value greater than 4", count.expected());
    assertEquals("3", count.actual());
    assertEquals(
        "the sign should be -1 but was 2",
        failure(() -> Expect.that("the sign", 2, is(-1))).getMessage());
    Failure text =
        failure(() -> Expect.that(Reason.SECRET_LEAKED, "the id", "x", startsWith("chatcmpl-")));
    assertEquals(Reason.SECRET_LEAKED, text.reason());
    assertEquals(
        "the id should be a string starting with \"chatcmpl-\" but was \"x\"", text.getMessage());
  }

  @Test
  void whatDoesNotHoldIsSaidInItsOwnWords() {
    Failure failure =
        failure(
            () -> Expect.that(Reason.NOT_REFUSED, false, "it stands", "to fall", "x".repeat(300)));
    assertEquals(Reason.NOT_REFUSED, failure.reason());
    assertEquals("it stands", failure.getMessage());
    assertEquals("to fall", failure.expected());
    assertEquals("x".repeat(200) + "…", failure.actual());
  }

  private static Json usage(String fields) {
    return Json.parse("usage", "{" + fields + "}");
  }

  @Test
  void usageIsReadUnderBothPairsOfNames() {
    Json chat = usage("\"prompt_tokens\":2,\"completion_tokens\":3,\"total_tokens\":5");
    Json responses = usage("\"input_tokens\":4,\"output_tokens\":5,\"total_tokens\":9");
    assertEquals(new Usage("usage", 2, 3, 5), Usage.ofChat(chat));
    assertEquals(new Usage("usage", 2, 3, 5), Usage.ofResponses(chat));
    assertEquals(new Usage("usage", 4, 5, 9), Usage.ofResponses(responses));
    assertEquals(
        "usage/prompt_tokens is missing", failure(() -> Usage.ofChat(responses)).getMessage());
  }

  @Test
  void usageMustAddUp() {
    assertDoesNotThrow(() -> new Usage("usage", 2, 3, 5).mustAddUp());
    assertDoesNotThrow(() -> new Usage("usage", 0, 0, 0).mustAddUp());
    assertEquals(
        "usage: total_tokens beside 2 + 3 should be 5 but was 6",
        failure(() -> new Usage("usage", 2, 3, 6).mustAddUp()).getMessage());
    assertEquals(
        "usage: the tokens of the prompt should be"
            + " a value equal to or greater than 0 but was -1",
        failure(() -> new Usage("usage", -1, 3, 2).mustAddUp()).getMessage());
    assertEquals(
        "usage: the generated tokens should be a value equal to or greater than 0 but was -1",
        failure(() -> new Usage("usage", 3, -1, 2).mustAddUp()).getMessage());
  }

  @Test
  void aPromptCostsSomething() {
    assertDoesNotThrow(() -> new Usage("usage", 1, 0, 1).mustCountThePrompt());
    assertEquals(
        "usage: the tokens of the prompt should be a value greater than 0 but was 0",
        failure(() -> new Usage("usage", 0, 1, 1).mustCountThePrompt()).getMessage());
  }

  @Test
  void aPartIsNotMoreThanTheWhole() {
    Json parts = usage("\"cached\":3");
    assertDoesNotThrow(() -> Usage.mustBePartOf(parts.at("/cached"), 3));
    assertDoesNotThrow(() -> Usage.mustBePartOf(parts.at("/nowhere"), 3));
    assertEquals(
        "usage/cached should be a value less than or equal to 2 but was 3",
        failure(() -> Usage.mustBePartOf(parts.at("/cached"), 2)).getMessage());
  }

  private static void mustBeSeconds(long time) {
    Epoch.mustBeSeconds(Json.parse("created", String.valueOf(time)));
  }

  @Test
  void timesAreSecondsSince1970() {
    long now = Instant.now().getEpochSecond();
    assertDoesNotThrow(() -> mustBeSeconds(now));
    assertDoesNotThrow(() -> mustBeSeconds(1_500_000_001));
    assertDoesNotThrow(() -> mustBeSeconds(now + Duration.ofHours(23).toSeconds()));
    assertDoesNotThrow(() -> Epoch.mustBeSeconds(Json.parse("created", "null")));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1_500_000_000L, 1_800_000_000_000L})
  void otherTimesAreNoSeconds(long time) {
    Failure failure = failure(() -> mustBeSeconds(time));
    assertEquals(Reason.WRONG_VALUE, failure.reason());
    assertEquals(String.valueOf(time), failure.actual());
    assertEquals(
        "created in seconds should be (a value greater than 1500000000 and a value less than ",
        failure.getMessage().substring(0, 84));
  }

  @Test
  void theDayAfterTomorrowIsNoTime() {
    failure(() -> mustBeSeconds(Instant.now().plus(Duration.ofHours(25)).getEpochSecond()));
  }
}
