package dev.meshcheck.suites.suite.chat;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.suites.CountedText;
import dev.meshcheck.suites.check.Failure;
import dev.meshcheck.suites.check.Json;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingTest {

  private static List<Json> entries(String json) {
    return Json.parse("entries", json.replace('\'', '"')).items();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          whole characters                    | é ok | [{'token':'é','bytes':[195,169]},{'token':' ok','bytes':[32,111,107]}]
          no bytes are told                   | é ok | [{'token':'é'},{'token':' ok'}]
          parts as U+FFFD, with their bytes   | é ok | [{'token':'\\uFFFD','bytes':[195]},{'token':'\\uFFFD','bytes':[169]},{'token':' ok','bytes':[32,111,107]}]
          parts as U+FFFD, bytes of that too  | é ok | [{'token':'\\uFFFD','bytes':[239,191,189]},{'token':'\\uFFFD','bytes':[239,191,189]},{'token':' ok','bytes':[32,111,107]}]
          with the last token, as vLLM does   | é ok | [{'token':'','bytes':[]},{'token':'é','bytes':[195,169]},{'token':' ok','bytes':[32,111,107]}]
          as escapes, as OpenAI does          | é ok | [{'token':'\\\\xc3','bytes':[195]},{'token':'\\\\xa9','bytes':[169]},{'token':' ok','bytes':[32,111,107]}]
          as names of bytes                   | é ok | [{'token':'<0xC3>'},{'token':'<0xA9>'},{'token':' ok'}]
          a space and part of a character     | a é  | [{'token':'a'},{'token':' \\uFFFD'},{'token':'\\uFFFD'}]
          the end is told, and is no text     | ok   | [{'token':'ok'},{'token':'</s>'}]
          cut within a character              | ok   | [{'token':'ok'},{'token':'\\uFFFD'}]
          a part between two of its kind      | éüé  | [{'token':'\\uFFFD'},{'token':'é'}]
          a text that stands there twice      | xéyéyz | [{'token':'x\\uFFFD'},{'token':'y\\uFFFD'},{'token':'yz'}]
          cut, and the text shows it          | ok\uFFFD | [{'token':'ok','bytes':[111,107]},{'token':'\\uFFFD','bytes':[195]}]
          """)
  void isThatOfTheText(String how, String text, String entries) {
    assertDoesNotThrow(() -> Spelling.mustBe(entries(entries), text), how);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          the character is in no token        | é ok | [{'token':'','bytes':[195]},{'token':'','bytes':[169]},{'token':' ok','bytes':[32,111,107]}]
          the bytes are those of its name     | é ok | [{'token':'é','bytes':[195,131,194,169]},{'token':' ok','bytes':[32,111,107]}]
          a question mark in its place        | é ok | [{'token':'?'},{'token':' ok'}]
          other text between the parts        | éxé  | [{'token':'\\uFFFD'},{'token':'y'},{'token':'\\uFFFD'}]
          a token is lost                     | é ok | [{'token':'é'}]
          """)
  void isNotThatOfTheText(String how, String text, String entries) {
    Failure failure =
        assertThrows(Failure.class, () -> Spelling.mustBe(entries(entries), text), how);
    assertEquals("the joined tokens are not the text", failure.getMessage());
    assertEquals(text, failure.expected());
  }

  /** The host chooses the tokens and the text: what it takes to tell them apart stays bounded. */
  @ParameterizedTest
  @ValueSource(strings = {"\uFFFD", "\uFFFDé", "\uFFFDéé", "\uFFFD|\uFFFD", "\uFFFDx"})
  void noTokensMakeItSlow(String token) {
    List<String> tokens = Collections.nCopies(500, token);
    for (String text :
        List.of("é".repeat(5000) + "?", "éx".repeat(2500) + "?", "ü".repeat(5000) + "?")) {
      CountedText counted = new CountedText(text);
      assertFalse(Spelling.pattern(tokens).matcher(counted).matches());
      assertTrue(counted.reads() < 100L * text.length(), () -> counted.reads() + " reads");
    }
  }
}
