package dev.meshcheck.reports.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeySpellingTest {

  private static final String KEY = "ak-0123456789abcdef";

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "ak-0123456789abcdef~$KEY",
        "ak-0123456789abcdef0~${KEY}0",
        "ak-0123456789abcdef x~$KEY x",
        "other,ak-0123456789abcdef~other,$KEY",
        "AK-0123456789ABCDEF~$(echo $KEY | tr a-z A-Z)",
        "ak-0123456789abcde~${KEY%?}",
        "ak-0123456789abcdez~${KEY%?}z",
        "xk-0123456789abcdef~x${KEY#?}",
        "ak-0123456789~$(printf %.13s $KEY)",
        "YWstMDEyMzQ1Njc4OWFiY2RlZjo=~$(printf %s $KEY: | base64 -w0)"
      })
  void whatIsMadeOfTheKeyIsMadeOfItsVariable(String value, String spelled) {
    assertEquals(Optional.of(spelled), KeySpelling.of(value, KEY, "KEY"));
    assertEquals(value, KeySpelling.value(spelled, name -> KEY));
  }

  @Test
  void anotherKeyIsNotToldAndNoShellIsFooled() {
    assertEquals(Optional.empty(), KeySpelling.of("sk-of-somebody-else", KEY, "KEY"));
    assertEquals(Optional.empty(), KeySpelling.of(KEY + "`id`", KEY, "KEY"));
    assertEquals(Optional.empty(), KeySpelling.of(KEY + "$(id)", KEY, "KEY"));
  }
}
