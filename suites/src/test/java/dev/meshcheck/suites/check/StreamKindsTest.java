package dev.meshcheck.suites.check;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meshcheck.fixtures.exchange.Answer.Ending;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.exchange.Reply;
import dev.meshcheck.reports.outcome.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamKindsTest {

  private static final String GOOD = "data: {\"id\":\"a\"}\n\ndata: {\"id\":\"a\"}\n\n";
  private static final String MIXED = "data: {\"id\":\"a\"}\n\ndata: {\"id\":\"b\"}\n\n";

  private final Canned host = new Canned("openai-compatible");
  private final Probe probe = host.probe();
  private final StreamKinds kinds =
      StreamKinds.of(ask(0)).and("with a", ask(1)).and("with b", ask(2));

  private Ask ask(int seed) {
    return probe.chat("Hi.").with("seed", seed);
  }

  private StreamKindsTest hears(int seed, Reply reply) {
    String body =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi.\"}],"
            + "\"max_tokens\":320,\"temperature\":0,\"seed\":"
            + seed
            + ",\"stream\":true}";
    host.streams("/v1/chat/completions", body, 1, reply);
    return this;
  }

  private StreamKindsTest hears(int seed, String events) {
    return hears(seed, Canned.stream(events, Ending.COMPLETE, 1));
  }

  private void judge() {
    kinds.each(events -> Streams.mustStayTheSame(events.chunks(), "/id"));
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void aRuleThatHoldsOfEveryKindHolds() {
    hears(0, GOOD).hears(1, GOOD).hears(2, GOOD);
    assertDoesNotThrow(this::judge);
  }

  @Test
  void aKindThatBreaksTheRuleIsNamed() {
    hears(0, GOOD).hears(1, MIXED).hears(2, GOOD);
    Failure failure = Canned.failure(this::judge);
    assertEquals(Reason.WRONG_VALUE, failure.reason());
    assertEquals(
        "a stream with a: the values of /id over the stream should be a collection with size 1"
            + " but was [\"a\", \"b\"]",
        failure.getMessage());
  }

  @Test
  void othersThatBreakItTooAreNamedBehind() {
    hears(0, GOOD).hears(1, MIXED).hears(2, MIXED);
    String said = Canned.failure(this::judge).getMessage();
    assertEquals(" (and streams with b)", said.substring(said.indexOf(" (and")));
  }

  @Test
  void whatEveryKindBreaksIsToldAsOne() {
    hears(0, MIXED).hears(1, MIXED).hears(2, MIXED);
    String said = Canned.failure(this::judge).getMessage();
    assertEquals("the values of /id over the stream", said.substring(0, 33));
    assertEquals(-1, said.indexOf("(and"));
  }

  @Test
  void aRefusedOrBrokenKindSaysNothing() {
    hears(0, GOOD)
        .hears(1, Canned.answer(400, Canned.JSON, "{\"error\":{\"message\":\"no\"}}"))
        .hears(2, Canned.stream(MIXED, Ending.CUT, 1));
    assertDoesNotThrow(this::judge);
    Failure broken = Canned.failure(() -> kinds.eachMustBe(Events::mustBeWellFormed));
    assertEquals(Reason.STREAM_TRUNCATED, broken.reason());
  }

  @Test
  void aKindThatGetsNoAnswerIsToldByOneRuleAlone() {
    hears(0, GOOD).hears(1, new NoAnswer(NoAnswer.Kind.CONNECTION_CLOSED, "closed")).hears(2, GOOD);
    assertDoesNotThrow(this::judge);
    Failure broken = Canned.failure(() -> kinds.eachMustBe(Events::mustBeWellFormed));
    assertEquals(Reason.CONNECTION_CLOSED, broken.reason());
  }

  @Test
  void thatAHostBreaksOnAnOptionIsForServerErrors() {
    hears(0, GOOD).hears(1, Canned.answer(500, Canned.JSON, "{}")).hears(2, GOOD);
    assertDoesNotThrow(() -> kinds.eachMustBe(Events::mustBeWellFormed));
  }

  @Test
  void thatAHostBreaksOnThePlainStreamIsTold() {
    hears(0, Canned.answer(500, Canned.JSON, "{}")).hears(1, GOOD).hears(2, GOOD);
    Failure broken = Canned.failure(() -> kinds.eachMustBe(Events::mustBeWellFormed));
    assertEquals(Reason.SERVER_ERROR, broken.reason());
  }

  @Test
  void withoutAPlainStreamNothingIsSaid() {
    hears(0, Canned.stream(GOOD, Ending.CUT, 1)).hears(1, MIXED).hears(2, MIXED);
    CouldNotRun none = assertThrows(CouldNotRun.class, this::judge);
    assertEquals(Reason.PREREQUISITE_FAILED, none.reason());
  }
}
