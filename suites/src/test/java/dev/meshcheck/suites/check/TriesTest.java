package dev.meshcheck.suites.check;

import static dev.meshcheck.suites.check.Canned.JSON;
import static dev.meshcheck.suites.check.Canned.answer;
import static dev.meshcheck.suites.check.Canned.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.reports.outcome.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TriesTest {

  private static final String HI =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],"
          + "\"max_tokens\":320,\"temperature\":%s}";

  private static final String GOOD = "{\"good\":\"yes\"}";
  private static final String BAD = "{}";
  private static final String SILENT = "{\"silent\":1}";

  private final Canned host = new Canned("on-demand");
  private final Probe probe = host.thorough();
  private final Probe thrifty = host.probe();

  @AfterEach
  void close() {
    host.close();
  }

  /** The second and third answer are asked for with a temperature, or they would be the first. */
  private void says(int nth, int status, String body) {
    String asked = HI.formatted(nth == 1 ? "0" : "0.7");
    host.answers("/v1/chat/completions", asked, nth, answer(status, JSON, body));
  }

  private void judge(String first, String second, String third) {
    says(1, 200, first);
    says(2, 200, second);
    says(3, 200, third);
    judge();
  }

  private void judge() {
    judge(probe);
  }

  private static void judge(Probe probe) {
    Tries.of(
        probe,
        probe.chat("hi"),
        answered -> {
          if (answered.json().at("/silent").present()) {
            throw new Inapplicable("it tells nothing");
          }
          answered.json().at("/good").text();
        });
  }

  @Test
  void onePairThatAgreesIsEnough() {
    Tries.pairs(
        probe,
        nth -> {
          if (nth != 2) {
            throw new Failure(Reason.WRONG_VALUE, "differs", "a", "b");
          }
        });
    assertEquals(Optional.of("1 of 3 answers were good: pass@3 yes, pass^3 no"), probe.recorded());
    Failure none =
        failure(
            () ->
                Tries.pairs(
                    probe,
                    nth -> {
                      throw new Failure(Reason.WRONG_VALUE, "pair " + nth, "a", "b");
                    }));
    assertEquals("pair 1; 0 of 3 answers were good: pass@3 no, pass^3 no", none.getMessage());
  }

  @Test
  void nothingIsAskedBehindAGoodAnswer() {
    List<Integer> tried = new ArrayList<>();
    Tries.untilGood(
        probe,
        nth -> {
          tried.add(nth);
          if (nth == 1) {
            throw new Failure(Reason.WRONG_VALUE, "differs", "a", "b");
          }
        });
    assertEquals(List.of(1, 2), tried);
    Failure none =
        failure(
            () ->
                Tries.untilGood(
                    probe,
                    nth -> {
                      throw new Failure(Reason.WRONG_VALUE, "try " + nth, "a", "b");
                    }));
    assertEquals("try 1; 0 of 3 answers were good: pass@3 no, pass^3 no", none.getMessage());
  }

  @Test
  void whoWantsNoRateAsksForNothingBehindAGoodAnswer() {
    says(1, 200, GOOD);
    judge(thrifty);
    assertEquals(1, thrifty.used().size());
    assertEquals(Optional.empty(), thrifty.recorded());
    List<Integer> pairs = new ArrayList<>();
    Tries.pairs(thrifty, pairs::add);
    assertEquals(List.of(1), pairs);
  }

  @Test
  void aGoodAnswerBehindABadOneIsToldAllTheSame() {
    says(1, 200, BAD);
    says(2, 200, GOOD);
    judge(thrifty);
    assertEquals(
        Optional.of("1 of 2 answers were good: pass@2 yes, pass^2 no"), thrifty.recorded());
  }

  @Test
  void whoWantsNoRateFailsOnTheSame() {
    for (int nth = 1; nth <= Tries.K; nth++) {
      says(nth, 200, BAD);
    }
    assertTrue(
        failure(() -> judge(thrifty))
            .getMessage()
            .endsWith("; 0 of 3 answers were good: pass@3 no, pass^3 no"));
  }

  @Test
  void oneGoodAnswerIsEnoughAndTheRateIsTold() {
    judge(BAD, GOOD, BAD);
    assertEquals(Optional.of("1 of 3 answers were good: pass@3 yes, pass^3 no"), probe.recorded());
  }

  @Test
  void threeOfThreeAreBetter() {
    judge(GOOD, GOOD, GOOD);
    assertEquals(Optional.of("3 of 3 answers were good: pass@3 yes, pass^3 yes"), probe.recorded());
  }

  @Test
  void noGoodAnswerIsTheFirstFailure() {
    Failure failure = failure(() -> judge("{\"good\":1}", BAD, BAD));
    assertEquals(Reason.SCHEMA_MISMATCH, failure.reason());
    assertEquals(
        "/good in the body of POST /v1/chat/completions is not a string;"
            + " 0 of 3 answers were good: pass@3 no, pass^3 no",
        failure.getMessage());
    assertEquals("1", failure.actual());
    assertTrue(failure.expected().startsWith("a string at "));
    assertEquals(Optional.empty(), probe.recorded());
  }

  @Test
  void answersThatTellNothingDoNotCount() {
    judge(BAD, GOOD, SILENT);
    assertEquals(Optional.of("1 of 2 answers were good: pass@2 yes, pass^2 no"), probe.recorded());
  }

  @Test
  void theOneAnswerThatTellsSomethingIsAllThatCounts() {
    judge(SILENT, SILENT, GOOD);
    assertEquals(Optional.of("1 of 1 answers were good: pass@1 yes, pass^1 yes"), probe.recorded());
  }

  @Test
  void nothingToldIsNoPass() {
    Inapplicable silent = assertThrows(Inapplicable.class, () -> judge(SILENT, SILENT, SILENT));
    assertEquals("it tells nothing", silent.getMessage());
  }

  @Test
  void whatCouldNotRunIsNoPass() {
    says(1, 429, "{}");
    assertEquals(Reason.RATE_LIMITED, assertThrows(CouldNotRun.class, this::judge).reason());
  }
}
