package dev.meshcheck.suites.check;

import static dev.meshcheck.suites.check.Canned.failure;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.reports.outcome.Quotation;
import dev.meshcheck.reports.outcome.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectTest {

  @Test
  void whatHoldsIsSilent() {
    assertDoesNotThrow(() -> Expect.that("the count", 3L, is(3L)));
    assertDoesNotThrow(() -> Expect.that(Reason.TIMEOUT, true, "said", "wanted", "got"));
  }

  @Test
  void aNumberIsSaidWithoutItsJavaType() {
    Failure count = failure(() -> Expect.that("the count", 3L, is(greaterThan(4L))));
    assertEquals(Reason.WRONG_VALUE, count.reason());
    assertEquals("the count should be a value greater than 4 but was 3", count.getMessage());
    assertEquals("a value greater than 4", count.expected());
    assertEquals("3", count.actual());
    assertEquals(
        "the sum should be a value less than 3 but was 4",
        failure(() -> Expect.that("the sum", 4L, is(lessThan(3L)))).getMessage());
    assertEquals(
        "the sign should be -1 but was 2",
        failure(() -> Expect.that("the sign", 2, is(-1))).getMessage());
    assertEquals(
        "the sign should be -1 but was 2",
        failure(() -> Expect.that("the sign", 2L, is(-1L))).getMessage());
  }

  @Test
  void bracketsOfTheValueStay() {
    Failure mark = failure(() -> Expect.that("the text", "a<|im_end|>", is("a")));
    assertEquals("the text should be \"a\" but was \"a<|im_end|>\"", mark.getMessage());
    Failure list = failure(() -> Expect.that("the calls", List.of("{\"a\":1}"), is(List.of())));
    assertEquals("[{\"a\":1}]", list.actual().replace("\\", ""));
  }

  @Test
  void theReasonIsTheOneThatWasGiven() {
    Failure text =
        failure(() -> Expect.that(Reason.SECRET_LEAKED, "the id", "x", startsWith("chatcmpl-")));
    assertEquals(Reason.SECRET_LEAKED, text.reason());
    assertEquals(
        "the id should be a string starting with \"chatcmpl-\" but was \"x\"", text.getMessage());
    Failure list =
        failure(() -> Expect.that(Reason.NOT_JSON, "the list", List.of("a"), hasItem("b")));
    assertEquals(Reason.NOT_JSON, list.reason());
    assertEquals("[a]", list.actual());
  }

  @Test
  void whatDoesNotHoldIsSaidInItsOwnWords() {
    Failure failure =
        failure(
            () -> Expect.that(Reason.NOT_REFUSED, false, "it stands", "to fall", "x".repeat(300)));
    assertEquals(Reason.NOT_REFUSED, failure.reason());
    assertEquals("it stands", failure.getMessage());
    assertEquals("to fall", failure.expected());
    assertEquals("x".repeat(200) + "…", Quotation.shortened(failure.actual()));
  }
}
