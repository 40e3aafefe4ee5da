package dev.meshcheck.suites.check;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CharactersTest {

  private static List<Json> pieces(String json) {
    return Json.parse("pieces", json).items();
  }

  private static void mustBeWhole(String json) {
    assertDoesNotThrow(() -> Characters.mustBeWhole(pieces(json)));
  }

  private static String said(String json) {
    return Canned.failure(() -> Characters.mustBeWhole(pieces(json))).getMessage();
  }

  @Test
  void wholeCharactersOfEveryPlaneAreFine() {
    mustBeWhole("[\"na\u00efve \", \"\u65e5\u672c\", null, \"\", \"\\ud83d\\ude00\", \"!\"]");
    mustBeWhole("[]");
  }

  @Test
  void twoHalvesDoNotHealEachOther() {
    assertEquals(
        "/1 in pieces holds half of a character", said("[\"so \", \"\\ud83d\", \"\\ude00\"]"));
  }

  @Test
  void aReplacementCharacterIsABrokenOne() {
    assertEquals(
        "/0 in pieces holds U+FFFD in the place of part of a character",
        said("[\"a\ufffd\", \"b\"]"));
  }

  @Test
  void theLimitMayCutTheVeryLastCharacter() {
    mustBeWhole("[\"a\", \"b\ufffd\"]");
    mustBeWhole("[\"a\", \"b\ufffd\", \"\"]");
  }
}
