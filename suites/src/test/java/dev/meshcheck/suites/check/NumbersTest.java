package dev.meshcheck.suites.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"{\"a\":1e309}; 1e309", "[1,{\"b\":[-1.5E+400]}]; -1.5E+400"})
  void aNumberThatNoDoubleHoldsIsFound(String document, String number) {
    assertEquals(Optional.of(number), Numbers.beyondDouble(document.getBytes(UTF_8)));
  }

  @Test
  void soIsOneOfManyDigitsAndIsTold() {
    String document = "[" + "9".repeat(310) + "]";
    assertEquals(Optional.of("9".repeat(24) + "…"), Numbers.beyondDouble(document.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1.7976931348623157e308}",
        "[1e-400,0.1,18446744073709551616]",
        "{\"a\":\"1e309\"}",
        "",
        "no"
      })
  void otherDocumentsHaveNone(String document) {
    assertEquals(Optional.empty(), Numbers.beyondDouble(document.getBytes(UTF_8)));
  }
}
