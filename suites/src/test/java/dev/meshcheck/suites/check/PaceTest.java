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
          nginx keeps all until the end            | 30 | 620 | 622 | 15  | held
          a slow machine reads them one by one     | 30 | 620 | 640 | 15  | held
          the server makes them one by one         | 30 | 25  | 620 | 15  | pieces
          a long thought, then a token at a time   | 30 | 800 | 950 | 15  | pieces
          in three bursts                          | 30 | 200 | 620 | 15  | pieces
          the host is slow with everything         | 30 | 620 | 622 | 600 | unknown
          everything is there at once              | 30 | 12  | 12  | 10  | unknown
          a fast server on this machine            | 30 | 4   | 14  | 3   | pieces
          too few events to tell                   | 4  | 620 | 622 | 15  | unknown
          no event                                 | 0  | 0   | 0   | 15  | unknown
          """)
  void isToldByTheStreamItselfAndAShortAnswer(
      String what, int events, double first, double last, double oneToken, String told) {
    Pace pace = new Pace(events, first, last, oneToken);

    assertEquals(told, pace.heldBack() ? "held" : pace.inPieces() ? "pieces" : "unknown", what);
  }
}
