package dev.meshcheck.suites.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoubledNamesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"a\":1,\"a\":1}; a",
        "{\"a\":1,\"b\":{\"c\":1},\"\\u0061\":2}; a",
        "[{\"a\":1},{\"b\":{\"c\":[],\"c\":[]}}]; c"
      })
  void aNameThatIsThereTwiceIsFound(String document, String name) {
    assertEquals(Optional.of(name), DoubledNames.in(document.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":{\"a\":1}}", "[{\"a\":1},{\"a\":1}]", "", "1", "{\"a\":1,", "no"})
  void otherDocumentsHaveNone(String document) {
    assertEquals(Optional.empty(), DoubledNames.in(document.getBytes(UTF_8)));
  }
}
