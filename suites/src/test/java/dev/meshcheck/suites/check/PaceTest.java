package dev.meshcheck.suites.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nginx keeps all until the end          | 30  | 0  | 620 | 622 | 15  | 1   | held
          a slow machine reads them one by one   | 30  | 20 | 620 | 640 | 15  | 1   | held
          this machine lags, and reads late      | 30  | 1  | 620 | 622 | 15  | 90  | unknown
          the server makes them one by one       | 30  | 28 | 25  | 620 | 15  | 1   | pieces
          a long thought, then a token at a time | 30  | 20 | 800 | 950 | 15  | 1   | pieces
          in three bursts                        | 30  | 2  | 200 | 620 | 15  | 1   | pieces
          the host is slow with everything       | 30  | 0  | 620 | 622 | 600 | 1   | unknown
          everything is there at once            | 30  | 0  | 12  | 12  | 10  | 1   | unknown
          a fast server on this machine          | 30  | 6  | 4   | 14  | 3   | 1   | pieces
          this machine paused twice while it read| 30  | 2  | 4   | 14  | 3   | 1   | unknown
          too few events to tell                 | 4   | 0  | 620 | 622 | 15  | 1   | unknown
          no event                               | 0   | 0  | 0   | 0   | 15  | 1   | unknown
          """)
  void isToldByTheStreamItselfAndAShortAnswer(
      String what,
      int events,
      int pauses,
      double first,
      double last,
      double oneToken,
      double lag,
      String told) {
    Pace pace = new Pace(events, pauses, first, last, oneToken, lag);

    assertEquals(told, pace.heldBack() ? "held" : pace.inPieces() ? "pieces" : "unknown", what);
  }

  @ParameterizedTest
  @CsvSource({"10, 12, 320", "10, 200, 128", "10, 600, 64", "10, 9000, 32", "0, 0, 320"})
  void theFasterTheHostTheLongerTheAnswerThatTells(int events, double last, int tokens) {
    assertEquals(tokens, new Pace(events, 0, last, last, 1, 0).tokensToTell(320));
  }

  @Test
  void whatThisProcessReadLateIsSpoilt() {
    assertTrue(new Pace(30, 0, 620, 622, 15, 90).isSpoilt());
    assertFalse(new Pace(30, 0, 620, 622, 15, 1).isSpoilt());
    assertFalse(new Pace(30, 0, 12, 12, 10, 90).isSpoilt());
  }
}
