package dev.meshcheck.suites.check;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarksTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<|im_end|>",
        "</s>",
        "<end_of_turn>",
        "<\uFF5Cend\u2581of\u2581sentence\uFF5C>",
        "[EOS]"
      })
  void theTokenThatEndedAnAnswerIsNoText(String mark) {
    assertEquals(List.of("a", " b"), Marks.withoutTheEnd(List.of("a", " b", mark), "a b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {" c", ".", "!", "\n", "<", "[1]"})
  void anyOtherTokenIs(String token) {
    assertEquals(List.of("a", token), Marks.withoutTheEnd(List.of("a", token), "a"));
  }

  @Test
  void soIsAMarkThatTheTextEndsWith() {
    List<String> tokens = List.of("a", "</s>");
    assertEquals(tokens, Marks.withoutTheEnd(tokens, "a</s>"));
  }

  @Test
  void theTokenThatBeginsEveryPromptIsNoTextEither() {
    assertEquals(
        List.of("a", " b"), Marks.withoutTheFrame(List.of("<s>", "a", " b", "</s>"), "a b"));
    List<String> text = List.of("<s>", "a");
    assertEquals(text, Marks.withoutTheFrame(text, "<s>a"));
  }

  @Test
  void aCallIsKnownByItsFrameAndAThoughtIsNone() {
    assertTrue(Marks.holdsACall("I look.\n<tool_call>\n{}\n</tool_call>"));
    assertTrue(Marks.holdsACall("[TOOL_CALLS]get_weather{}"));
    assertFalse(Marks.holdsACall("<think>Well.</think>Hello."));
    assertFalse(Marks.holdsACall(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Hello.", "<think>Well.</think>Hello.", "<think>Well."})
  void aThoughtMayStandInATextAsAWhole(String text) {
    assertDoesNotThrow(() -> Marks.mustNotEndAThought("the answer", text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Well.</think>Hello.", "</think>Hello.", "</think><think>"})
  void itsEndAloneIsLeftBehindByAParser(String text) {
    Failure failure =
        assertThrows(Failure.class, () -> Marks.mustNotEndAThought("the answer", text));
    assertEquals("the answer holds the mark </think>", failure.getMessage());
  }
}
