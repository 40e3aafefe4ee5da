package dev.meshcheck.suites.check;

import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meshcheck.reports.outcome.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectTest {

  @Test
  void whatHoldsIsSilent() {
    assertDoesNotThrow(() -> Expect.that("the sum", 3, is(3)));
    assertDoesNotThrow(() -> Expect.that(Reason.TIMEOUT, true, "said", "wanted", "got"));
  }

  @Test
  void aFailureIsASentence() {
    Failure failure =
        assertThrows(Failure.class, () -> Expect.that("the sum", 4L, is(lessThan(3L))));
    assertEquals(Reason.WRONG_VALUE, failure.reason());
    assertEquals(
        "the sum: expected is a value less than <3L>, but it was wrong: <4L> was greater than <3L>",
        failure.getMessage());
    assertEquals("is a value less than <3L>", failure.expected());
  }

  @Test
  void theReasonIsTheOneThatWasGiven() {
    Failure failure =
        assertThrows(
            Failure.class,
            () -> Expect.that(Reason.SECRET_LEAKED, "the list", List.of("a"), hasItem("b")));
    assertEquals(Reason.SECRET_LEAKED, failure.reason());
    Failure plain =
        assertThrows(
            Failure.class, () -> Expect.that(Reason.TIMEOUT, false, "said", "wanted", "got"));
    assertEquals(Reason.TIMEOUT, plain.reason());
    assertEquals("said", plain.getMessage());
    assertEquals("wanted", plain.expected());
    assertEquals("got", plain.actual());
  }
}
