package dev.meshcheck.reports.cause;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Answer.Ending;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Frame;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.exchange.Reply;
import dev.meshcheck.fixtures.sse.ServerSentEvent;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.model.CauseReport;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.outcome.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A cause of a run explains what follows from it, and nothing else. */
class RunCausesTest {

  private static final String FINISHED = "{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\"}]}";
  private static final String OPEN = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}";

  private final Target target = Samples.target("serverless");

  private Exchange chat(String id, Reply reply) {
    return Samples.exchange(id, target, Samples.chat(target), reply);
  }

  private Exchange stream(String id, Answer answer) {
    return Samples.exchange(id, target, Samples.chat(target).asStream(), answer);
  }

  private static Answer ending(Answer answer, Ending ending) {
    return new Answer(answer.status(), answer.headers(), answer.body(), ending, answer.frames());
  }

  /** Which cause explains which checks. */
  private static Map<String, List<String>> explained(Verdict... verdicts) {
    return Samples.run(false, List.of(verdicts)).causes().stream()
        .collect(Collectors.toMap(CauseReport::cause, CauseReport::explains));
  }

  private Verdict failed(String check, Reason reason, Exchange... exchanges) {
    return Samples.failed(check, target, reason, exchanges);
  }

  @Test
  void aCutStreamExplainsWhatIsCutAndNoWrongNumber() {
    Exchange cut = stream("e1", ending(Samples.stream(OPEN, OPEN), Ending.CUT));

    assertEquals(
        Map.of("stream-breaks-off", List.of("chat-stream.a", "chat-stream.b")),
        explained(
            failed("chat-stream.a", Reason.STREAM_TRUNCATED, cut),
            failed("chat-stream.b", Reason.STREAM_TRUNCATED, cut),
            failed("chat-stream.total-is-77", Reason.WRONG_VALUE, cut),
            failed("chat-stream.unknown-model-is-streamed", Reason.NOT_REFUSED, cut)));
  }

  @Test
  void whatPassedNeedsNoCauseWhateverItsExchangesShow() {
    Exchange cut = stream("e1", ending(Samples.stream(OPEN, OPEN), Ending.CUT));

    assertEquals(
        Map.of(),
        explained(
            Samples.passed("chat-stream.a", target, cut),
            Samples.passed("chat-stream.b", target, cut)));
  }

  @Test
  void aLongBodyIsLookedAtAsAShortOne() {
    String event = OPEN.replace("\"a\"", '"' + "a".repeat(20_000) + '"');
    Exchange cut = stream("e1", ending(Samples.stream(event, event), Ending.CUT));

    assertEquals(
        Map.of("stream-breaks-off", List.of("chat-stream.a", "chat-stream.b")),
        explained(
            failed("chat-stream.a", Reason.STREAM_TRUNCATED, cut),
            failed("chat-stream.b", Reason.STREAM_TRUNCATED, cut)));
  }

  @Test
  void noExchangeIsLookedAtWhereNothingWentWrong() {
    CheckResult passed =
        Samples.run(false, List.of(Samples.passed("chat-stream.a", target))).results().get(0);

    assertEquals(
        List.of(),
        RunCauses.of(
            List.of(target),
            Map.of(),
            List.of(passed),
            () -> {
              throw new AssertionError("nobody asked for a diagnosis");
            },
            text -> text));
  }

  @Test
  void whatRestsOnAnotherExchangeIsNotExplained() {
    Exchange cut = stream("e1", ending(Samples.stream(OPEN), Ending.CUT));
    Exchange whole = stream("e2", Samples.stream(OPEN, FINISHED, "[DONE]"));

    assertEquals(
        Map.of(),
        explained(
            failed("chat-stream.a", Reason.STREAM_TRUNCATED, cut),
            failed("chat-stream.b", Reason.STREAM_TRUNCATED, cut, whole)),
        "the second rests on the whole stream, and one result alone needs no cause");
  }

  @Test
  void whatCouldNotRunIsExplainedByAnyOfItsExchanges() {
    Exchange cut = stream("e1", ending(Samples.stream(OPEN), Ending.CUT));
    Exchange whole = stream("e2", Samples.stream(OPEN, FINISHED, "[DONE]"));

    assertEquals(
        Map.of("stream-breaks-off", List.of("chat-stream.a", "chat-stream.b")),
        explained(
            failed("chat-stream.a", Reason.STREAM_TRUNCATED, cut),
            Samples.verdict(
                "chat-stream.b",
                target,
                Outcome.COULD_NOT_RUN,
                Optional.of(Reason.PREREQUISITE_FAILED),
                cut,
                whole)));
  }

  @Test
  void aWholeStreamWithoutDoneDoesNotBreakOff() {
    Exchange open = stream("e1", Samples.stream(OPEN, FINISHED));

    assertEquals(
        Map.of("stream-without-done", List.of("chat-stream.a", "chat-stream.b")),
        explained(
            failed("chat-stream.a", Reason.STREAM_TRUNCATED, open),
            failed("chat-stream.b", Reason.STREAM_TRUNCATED, open)));
  }

  @Test
  void plainJsonWithItsLengthDoesNotBreakOff() {
    Exchange json = stream("e1", Samples.json(200, "{\"choices\": []}"));
    Exchange text = stream("e2", Samples.answer(200, "text/plain", "data: {}\n\n"));

    assertEquals(
        Map.of("stream-is-no-event-stream", List.of("chat-stream.a", "chat-stream.b")),
        explained(
            failed("chat-stream.a", Reason.WRONG_CONTENT_TYPE, json),
            failed("chat-stream.b", Reason.WRONG_CONTENT_TYPE, text)));
  }

  @Test
  void aStreamThatWeStoppedReadingIsNobodysFault() {
    for (Ending ending : List.of(Ending.TIMED_OUT, Ending.IDLE, Ending.TOO_LARGE)) {
      Exchange late = stream("e1", ending(Samples.stream(OPEN), ending));

      assertEquals(
          Map.of(),
          explained(
              failed("chat-stream.a", Reason.TIMEOUT, late),
              failed("chat-stream.b", Reason.TIMEOUT, late)),
          ending::toString);
    }
  }

  @Test
  void framingOfResponsesIsOneCauseForBothChecks() {
    Answer whole =
        Samples.stream(
            "{\"type\":\"response.created\"}", "{\"type\":\"response.completed\",\"response\":{}}");
    Answer typed =
        new Answer(
            200,
            whole.headers(),
            whole.body(),
            whole.ending(),
            whole.frames().stream().map(RunCausesTest::typed).toList());
    Exchange responses =
        Samples.exchange(
            "e1", target, Samples.post(target, "/v1/responses", "{}").asStream(), typed);

    assertEquals(
        Map.of(
            "responses-in-vllm-framing",
            List.of("responses-stream.ends-with-done", "responses-stream.is-data-only")),
        explained(
            failed("responses-stream.ends-with-done", Reason.STREAM_TRUNCATED, responses),
            failed("responses-stream.is-data-only", Reason.STREAM_MALFORMED, responses),
            failed("responses-stream.sequence", Reason.STREAM_MALFORMED, responses)));
  }

  private static Frame typed(Frame frame) {
    return new Frame(
        new ServerSentEvent(Optional.of("response.x"), frame.event().data()), frame.atMs());
  }

  @Test
  void threeBodiesThatHangAreNoHostThatHangs() {
    NoAnswer late = new NoAnswer(NoAnswer.Kind.TIMEOUT, "no answer in time");
    Verdict answers = Samples.passed("chat.answers", target, chat("e1", Samples.json(200, "{}")));
    Verdict[] hanging = {
      failed("errors.a", Reason.TIMEOUT, chat("e2", late)),
      failed("errors.b", Reason.TIMEOUT, chat("e3", late)),
      failed("errors.c", Reason.TIMEOUT, chat("e4", late))
    };

    assertEquals(Map.of(), explained(answers, hanging[0], hanging[1], hanging[2]));
    assertEquals(
        Map.of("timeout-before-headers", List.of("errors.a", "errors.b", "errors.c")),
        explained(hanging));
  }

  @Test
  void aModelWithoutANameIsNotAnEmptyList() {
    Exchange list =
        Samples.exchange(
            "e1",
            target,
            Samples.get(target, "/v1/models"),
            Samples.json(200, "{\"data\": [{\"id\": \"\"}]}"));
    Exchange none =
        Samples.exchange(
            "e2", target, Samples.get(target, "/v1/models"), Samples.json(200, "{\"data\": []}"));

    assertEquals(
        Map.of(),
        explained(
            failed("models.a", Reason.WRONG_VALUE, list),
            failed("models.b", Reason.WRONG_VALUE, list)));
    assertEquals(
        Map.of("no-model-served", List.of("models.a", "models.b")),
        explained(
            failed("models.a", Reason.WRONG_VALUE, none),
            failed("models.b", Reason.WRONG_VALUE, none)));
  }

  private static final String GOOD =
      "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}";
  private static final String GONE = "{\"error\":{\"message\":\"Not here.\"}}";

  private Exchange said(String id, String prompt, int attempt, int status, String body) {
    return Samples.exchange(
        id,
        target,
        Samples.chat(target).withBody("{\"prompt\":\"" + prompt + "\"}").again(attempt),
        Samples.json(status, body));
  }

  @Test
  void whatIsAnsweredNowThisWayNowThatIsOneCause() {
    Map<String, List<String>> explained =
        explained(
            failed("chat.a", Reason.ROUTE_NOT_FOUND, said("e1", "a", 1, 404, GONE)),
            Samples.verdict(
                "chat.b", target, Outcome.PASSED, Optional.empty(), said("e2", "a", 2, 200, GOOD)),
            failed("chat.c", Reason.ROUTE_NOT_FOUND, said("e3", "c", 1, 404, GONE)),
            failed("chat.d", Reason.NOT_REFUSED, said("e4", "d", 1, 404, GONE)));
    assertEquals(List.of("chat.a", "chat.c"), explained.get("answers-differ"), explained::toString);
  }

  @Test
  void whatIsAnsweredWronglyEachTimeIsNoMatterOfChance() {
    Map<String, List<String>> explained =
        explained(
            failed("chat.a", Reason.ROUTE_NOT_FOUND, said("e1", "a", 1, 404, GONE)),
            Samples.verdict(
                "chat.b", target, Outcome.PASSED, Optional.empty(), said("e2", "a", 2, 200, GOOD)),
            failed("chat.c", Reason.ROUTE_NOT_FOUND, said("e3", "c", 1, 404, GONE)),
            failed("chat.d", Reason.ROUTE_NOT_FOUND, said("e4", "c", 2, 404, GONE)));
    assertEquals(null, explained.get("answers-differ"), "one result alone needs no cause");
  }

  @Test
  void beingToldToComeLaterIsNoOtherAnswer() {
    Map<String, List<String>> explained =
        explained(
            failed("chat.a", Reason.WRONG_STATUS, said("e1", "a", 1, 429, GONE)),
            failed("chat.b", Reason.WRONG_STATUS, said("e2", "a", 2, 200, GOOD)),
            failed("chat.c", Reason.WRONG_STATUS, said("e3", "a", 3, 429, GONE)));
    assertEquals(null, explained.get("answers-differ"), explained::toString);
  }

  @Test
  void differentRequestsMayBeAnsweredDifferently() {
    Map<String, List<String>> explained =
        explained(
            failed("chat.a", Reason.ROUTE_NOT_FOUND, said("e1", "a", 1, 404, GONE)),
            failed("chat.b", Reason.ROUTE_NOT_FOUND, said("e2", "b", 1, 404, GONE)),
            Samples.verdict(
                "chat.c", target, Outcome.PASSED, Optional.empty(), said("e3", "c", 1, 200, GOOD)));
    assertEquals(null, explained.get("answers-differ"), explained::toString);
  }

  private Exchange page(String id, String path, String prompt, int attempt, int status) {
    return Samples.exchange(
        id,
        target,
        path.equals("/health")
            ? Samples.get(target, path)
            : Samples.post(target, path, "{\"prompt\":\"" + prompt + "\"}").again(attempt),
        Samples.answer(status, "text/html", "<html><h1>No server is available</h1></html>"));
  }

  @Test
  void aPageThatSaysUnavailableNowAndThenIsNoRouteOfItsOwn() {
    String chat = "/v1/chat/completions";
    Map<String, List<String>> explained =
        explained(
            failed("health.a", Reason.UNAVAILABLE, page("e1", "/health", "", 1, 503)),
            failed("health.b", Reason.UNAVAILABLE, page("e2", "/health", "", 2, 503)),
            failed("chat.a", Reason.UNAVAILABLE, page("e3", chat, "a", 1, 503)),
            Samples.passed("chat.b", target, said("e4", "a", 2, 200, GOOD)),
            failed("chat.c", Reason.UNAVAILABLE, page("e5", chat, "c", 1, 503)));

    assertEquals(null, explained.get("one-route-fails"), explained::toString);
    assertEquals(List.of("chat.a", "chat.c"), explained.get("answers-differ"), explained::toString);
  }
}
