package dev.meshcheck.reports.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.model.Tool;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.outcome.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ConsoleReportTest {

  @Test
  void plainLinesInTheOrderOfThePlan() {
    List<String> lines = told(ConsoleStyle.PLAIN, Samples.oneOfEach());

    assertEquals(
        List.of(
            "Meshcheck " + Tool.current().version() + ": all checks, at most 16 in flight",
            "target serverless at https://serverless.example, model org/model",
            "       straight to the host",
            "       surface serverless: given",
            "target on-demand at https://on-demand.example, model org/model",
            "       straight to the host",
            "       surface on-demand: given",
            "",
            "pass  chat.answers [serverless]",
            "FAIL  chat.answers [on-demand]",
            "warn  chat.echoes-model [on-demand]",
            "info  chat.framing [on-demand]",
            "n/a   chat.tools [serverless]",
            "error chat.usage-adds-up [serverless]",
            ""),
        lines.subList(0, 15));
  }

  @Test
  void aFailureIsFourLinesAndTheRestCanBeLookedUp() {
    List<String> lines = told(ConsoleStyle.PLAIN, Samples.oneOfEach());

    int warnings = lines.indexOf("Warnings");
    int couldNotRun = lines.indexOf("Could not run");
    int failures = lines.indexOf("Failures");
    assertTrue(warnings > 0 && warnings < couldNotRun && couldNotRun < failures);
    assertEquals(
        List.of(
            "Failures",
            "  chat.answers [on-demand]  The message of chat.answers.",
            "    expected status 200, got something else",
            "    likely: The API key works on other routes, only this one refuses it",
            "    ./run.sh explain 20261123T201500Z-3f2a:chat.answers",
            "",
            "FAILED  1 passed, 1 failed, 1 warned, 1 could not run, 1 recorded, 1 inapplicable"
                + " · 3.0 s, 3 requests · reports in reports/latest · exit 1: the host breaks its"
                + " contract"),
        lines.subList(failures, lines.size()));
  }

  @Test
  void verboseTellsAllOfIt() {
    List<String> lines = told(ConsoleStyle.PLAIN.with(Detail.VERBOSE), Samples.oneOfEach());

    int failures = lines.indexOf("Failures");
    assertEquals(
        List.of(
            "Failures",
            "",
            "  chat.answers [on-demand]  the sentence of chat.answers",
            "    The message of chat.answers.",
            "    expected: status 200",
            "    actual:   something else",
            "    reason:   unauthorized",
            "    exchange: e1, POST https://on-demand.example/v1/chat/completions → HTTP 401",
            "    next:     The API key works on other routes, only this one refuses it"),
        lines.subList(failures, failures + 9));
    assertEquals(
        "    again:    curl -sS -X POST 'https://on-demand.example/v1/chat/completions' -H"
            + " \"Authorization: Bearer $TENSORMESH_INFERENCE_API_KEY\" -H"
            + " \"X-User-Id: $TENSORMESH_USER_ID\""
            + " -H 'Content-Type: application/json' --data '{\"model\": \"org/model\","
            + " \"messages\": []}'",
        lines.get(lines.size() - 3));
  }

  @Test
  void quietTellsFailuresAndTheVerdict() {
    List<String> lines = told(ConsoleStyle.PLAIN.with(Detail.QUIET), Samples.oneOfEach());

    assertEquals(List.of("", "Failures"), lines.subList(0, 2));
    assertEquals(8, lines.size(), lines.toString());
    assertTrue(lines.get(7).startsWith("FAILED  1 passed, 1 failed"), lines.toString());
  }

  @Test
  void whatIsNotKeptIsToldWhole() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintWriter out = new PrintWriter(bytes, true, StandardCharsets.UTF_8);
    Samples.run(
        false, Samples.oneOfEach(), new ConsoleReport(out, ConsoleStyle.PLAIN, Kept.NOWHERE));

    String text = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("\n    again:    curl -sS -X POST"), text);
    assertFalse(text.contains("./run.sh explain"), text);
  }

  @Test
  void identicalFailuresOfTwoTargetsAreToldOnce() {
    Target one = Samples.target("on-demand");
    Target two = Samples.target("serverless");
    List<String> lines =
        told(
            ConsoleStyle.PLAIN,
            List.of(
                Samples.failed("a.one", one, Reason.WRONG_VALUE),
                Samples.failed("a.one", two, Reason.WRONG_VALUE)));

    assertTrue(lines.contains("  a.one [on-demand, serverless]  The message of a.one."));
  }

  @Test
  void failuresOfOneRootAreOneGroup() {
    Target target = Samples.target("on-demand");
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      verdicts.add(Samples.failed("errors.cut-" + i, target, Reason.WRONG_STATUS));
    }
    verdicts.add(Samples.failed("errors.other", target, Reason.SERVER_ERROR));

    List<String> lines = told(ConsoleStyle.PLAIN, verdicts);

    int failures = lines.indexOf("Failures");
    assertEquals(
        "  errors.cut-1 and 4 more of errors.* [on-demand]  The message of errors.cut-1.; The message"
            + " of errors.cut-2.; The message of errors.cut-3.; and 2 more",
        lines.get(failures + 1));
    assertEquals(
        "  errors.other [on-demand]  The message of errors.other.", lines.get(failures + 5));
  }

  @Test
  void linesAreBrokenBetweenWordsAtTheWidthOfTheTerminal() {
    ConsoleStyle narrow = new ConsoleStyle(true, false, OptionalInt.of(60), Detail.NORMAL, false);

    String text = text(narrow, Samples.oneOfEach());

    List<String> ending =
        text.lines().dropWhile(line -> !line.startsWith("Failures")).skip(1).toList();
    assertEquals(
        List.of(
            "  chat.answers [on-demand]  The message of chat.answers.",
            "    expected status 200, got something else",
            "    likely: The API key works on other routes, only this…",
            "    ./run.sh explain 20261123T201500Z-3f2a:chat.answers",
            "",
            "FAILED  1 passed, 1 failed, 1 warned, 1 could not run, 1",
            "  recorded, 1 inapplicable · 3.0 s, 3 requests · reports in",
            "  reports/latest · exit 1: the host breaks its contract"),
        ending);
  }

  @Test
  void commandsStayWholeSoThatTheyCanBeCopied() {
    ConsoleStyle narrow = new ConsoleStyle(true, false, OptionalInt.of(60), Detail.VERBOSE, false);

    List<String> lines = told(narrow, Samples.oneOfEach());

    String again =
        lines.stream().filter(l -> l.contains("again:    curl")).findFirst().orElseThrow();
    assertTrue(again.endsWith("\"messages\": []}'"), again);
  }

  @Test
  void githubGetsAFoldAndAnAnnotation() {
    ConsoleStyle github = new ConsoleStyle(false, false, OptionalInt.empty(), Detail.NORMAL, true);

    List<String> lines = told(github, Samples.oneOfEach());

    int from = lines.indexOf("::group::every result");
    int to = lines.indexOf("::endgroup::");
    assertEquals("pass  chat.answers [serverless]", lines.get(from + 1));
    assertEquals(from + 7, to);
    assertTrue(
        lines.contains("::error title=chat.answers [on-demand]::The message of chat.answers."),
        lines.toString());
  }

  private List<String> threeCouldNotRun(Reason reason) {
    Target target = Samples.target("serverless");
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      verdicts.add(
          Samples.verdict(
              "a.n" + i,
              target,
              Outcome.COULD_NOT_RUN,
              Optional.of(reason),
              Samples.exchange(
                  "e" + i,
                  target,
                  Samples.chat(target),
                  new NoAnswer(NoAnswer.Kind.CONNECTION_REFUSED, "refused"))));
    }
    return told(ConsoleStyle.PLAIN, verdicts);
  }

  @Test
  void whatCouldNotRunIsGroupedByReason() {
    List<String> lines = threeCouldNotRun(Reason.PREREQUISITE_FAILED);

    int at = lines.indexOf("Could not run");
    assertEquals("  prerequisite-failed: 3 of chat", lines.get(at + 1));
    assertFalse(lines.contains("Causes"));
  }

  @Test
  void aCauseIsToldWhereNothingFailedAndMuchCouldNotRun() {
    List<String> lines = threeCouldNotRun(Reason.CONNECTION_REFUSED);

    int at = lines.indexOf("Causes");
    assertEquals("  3 could not run: Nothing listens at this address and port", lines.get(at + 1));
    assertTrue(lines.contains("    ./run.sh explain connection-refused"), lines::toString);
    assertFalse(lines.contains("Could not run"));
    assertEquals(
        "UNREACHABLE  0 passed, 0 failed, 3 could not run · 3.0 s, 3 requests · reports in"
            + " reports/latest"
            + " · exit 4: the host was not reached at all",
        lines.get(lines.size() - 1));
  }

  @Test
  void aTerminalGetsOneLineOfProgressWithWhatFailedAboveIt() {
    String text = text(terminal(Map.of("TERM", "xterm")), Samples.oneOfEach());

    String line = "\r\u001b[K0 s  ";
    assertTrue(text.contains(line + "0 done" + line + "1 of 6  chat\r\u001b[K"), text);
    assertTrue(
        text.contains(
            "\r\u001b[K\u001b[31mFAIL  chat.answers [on-demand]\u001b[0m\n"
                + line
                + "2 of 6, 1 failed  chat"),
        text);
    assertFalse(text.contains("pass  chat.answers"));
    assertTrue(text.contains("\u001b[31mFAILED\u001b[0m  1 passed, 1 failed"));
  }

  @Test
  void noColourTakesColourAwayAndNothingElse() {
    ConsoleStyle plain = terminal(Map.of("TERM", "xterm", "NO_COLOR", "1"));

    assertTrue(plain.progress());
    assertFalse(plain.colour());
    assertFalse(terminal(Map.of("TERM", "dumb")).colour());
    assertFalse(terminal(Map.of("TERM", "dumb")).progress());
    assertFalse(terminal(Map.of("CI", "true")).progress());
    assertTrue(terminal(Map.of()).colour());
    assertFalse(text(ConsoleStyle.PLAIN, Samples.oneOfEach()).contains("\u001b"));
  }

  @Test
  void whoeverWishesForColoursGetsThemAnywhere() {
    Map<String, String> none = Map.of("NO_COLOR", "1");
    assertTrue(ConsoleStyle.detect(false, 0, ColourWish.ALWAYS, Detail.NORMAL, none).colour());
    assertFalse(ConsoleStyle.detect(true, 80, ColourWish.NEVER, Detail.NORMAL, Map.of()).colour());
    assertEquals(
        ConsoleStyle.PLAIN,
        ConsoleStyle.detect(false, 0, ColourWish.AUTO, Detail.NORMAL, Map.of()));
  }

  private static ConsoleStyle terminal(Map<String, String> environment) {
    return ConsoleStyle.detect(true, 100, ColourWish.AUTO, Detail.NORMAL, environment);
  }

  private static List<String> told(ConsoleStyle style, List<Verdict> verdicts) {
    return text(style, verdicts).lines().toList();
  }

  private static String text(ConsoleStyle style, List<Verdict> verdicts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintWriter out = new PrintWriter(bytes, true, StandardCharsets.UTF_8);
    Samples.run(false, verdicts, new ConsoleReport(out, style, Kept.in("reports/latest")));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
