package dev.meshcheck.suites.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
