package dev.meshcheck.reports.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountedTest {

  @ParameterizedTest
  @CsvSource({
    "0, '0', '0 tokens'",
    "1, '1', '1 token'",
    "999, '999', '999 tokens'",
    "1000, '1,000', '1,000 tokens'",
    "1234567, '1,234,567', '1,234,567 tokens'",
    "-999, '-999', '-999 tokens'",
    "-1000, '-1,000', '-1,000 tokens'",
    "-9223372036854775808, '-9,223,372,036,854,775,808', '-9,223,372,036,854,775,808 tokens'"
  })
  void groupsThousands(long count, String alone, String ofThings) {
    assertEquals(alone, Counted.of(count));
    assertEquals(ofThings, Counted.of(count, "token"));
  }
}
