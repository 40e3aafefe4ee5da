package dev.meshcheck.suites.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nginx keeps all until the end          | 30  | 620 | 622 | 15  | 1   | held
          a slow machine reads them one by one   | 30  | 620 | 640 | 15  | 1   | held
          this machine lags, and reads late      | 30  | 620 | 622 | 15  | 90  | unknown
          the server makes them one by one       | 30  | 25  | 620 | 15  | 1   | pieces
          a long thought, then a token at a time | 30  | 800 | 950 | 15  | 1   | pieces
          in three bursts                        | 30  | 200 | 620 | 15  | 1   | pieces
          the host is slow with everything       | 30  | 620 | 622 | 600 | 1   | unknown
          everything is there at once            | 30  | 12  | 12  | 10  | 1   | unknown
          a fast server on this machine          | 30  | 4   | 14  | 3   | 1   | pieces
          too few events to tell                 | 4   | 620 | 622 | 15  | 1   | unknown
          no event                               | 0   | 0   | 0   | 15  | 1   | unknown
          """)
  void isToldByTheStreamItselfAndAShortAnswer(
      String what,
      int events,
      double first,
      double last,
      double oneToken,
      double lag,
      String told) {
    Pace pace = new Pace(events, first, last, oneToken, lag);

    assertEquals(told, pace.heldBack() ? "held" : pace.inPieces() ? "pieces" : "unknown", what);
  }
}
