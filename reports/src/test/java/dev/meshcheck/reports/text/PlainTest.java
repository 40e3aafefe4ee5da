package dev.meshcheck.reports.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTest {

  @ParameterizedTest
  @CsvSource({
    "U+0000, \\u0000",
    "U+001B, \\u001b",
    "U+007F, \\u007f",
    "U+009B, \\u009b",
    "U+000D, \\u000d",
    "U+202E, \\u202e",
    "U+200B, \\u200b",
    "U+FEFF, \\ufeff",
    "U+E0041, \\ue0041",
    "U+D800, \uFFFD",
    "U+DFFF, \uFFFD",
    "U+FFFE, \uFFFD",
    "U+1FFFF, \uFFFD"
  })
  void whatNobodySeesIsWrittenOutWhereverItStands(String point, String written) {
    String unseen = Character.toString(Integer.parseInt(point.substring(2), 16));

    assertEquals(written, Plain.text(unseen));
    assertEquals(written + "a" + written, Plain.text(unseen + "a" + unseen));
    assertEquals("é…" + written + "😀 b", Plain.text("é…" + unseen + "😀 b"));
  }

  @Test
  void whatPeopleSeeStaysAsItIs() {
    String text = "a\tb\nÄ € 漢字 😀👩\u200D💻 ~";

    assertSame(text, Plain.text(text));
  }

  @Test
  void halvesOfPairsInTheWrongOrderAreNoCharacters() {
    assertEquals("x\uFFFD\uFFFDy", Plain.text("x\uDE00\uD83Dy"));
  }
}
