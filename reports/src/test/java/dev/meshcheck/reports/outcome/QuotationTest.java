package dev.meshcheck.reports.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class QuotationTest {

  private static final String LONG = "x".repeat(300);
  private static final String SHORT = "x".repeat(200);

  @Test
  void isWholeUntilItIsShortened() {
    assertEquals(SHORT, Quotation.of(SHORT));
    assertTrue(Quotation.of(LONG).contains(LONG));
  }

  @Test
  void isShortenedWhereverItStands() {
    String message = "said " + Quotation.of(LONG) + ", then " + Quotation.of("y" + LONG) + ".";

    assertEquals(
        "said " + SHORT + "…, then y" + "x".repeat(199) + "….", Quotation.shortened(message));
    assertEquals("no quotation", Quotation.shortened("no quotation"));
  }

  @Test
  void holdsNoOther() {
    assertEquals(SHORT + "…", Quotation.shortened(Quotation.of(Quotation.of(LONG))));
  }

  @Test
  void whoseEndIsLostEndsWithTheMessage() {
    String message = "said " + Quotation.of(LONG);

    assertEquals(
        "said " + SHORT + "…", Quotation.shortened(message.substring(0, message.length() - 20)));
  }

  @Test
  void becomesShortWhenASecretIsTakenOut() {
    assertEquals(
        "said ‹…›", Quotation.shortened("said " + Quotation.of(LONG).replace(LONG, "‹…›")));
  }

  @Test
  void breaksNoCharacterInTwo() {
    String pairs = "x" + "😀".repeat(150);

    assertEquals("x" + "😀".repeat(99) + "…", Quotation.shortened(Quotation.of(pairs)));
  }

  @Test
  void leavesNoMarkOfAHost() {
    assertEquals("ab", Quotation.shortened("a\uFDD1b"));
    assertEquals("ab", Quotation.shortened("a\uFDD0b"));
  }
}
