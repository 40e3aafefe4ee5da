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
import org.junit.jupiter.api.Test;

class ConsoleReportTest {

  @Test
  void plainLinesInTheOrderOfThePlan() {
    List<String> lines = told(ConsoleStyle.PLAIN, Samples.oneOfEach());

    assertEquals(
        List.of(
            "Meshcheck " + Tool.current().version() + ": all checks, 16 in flight",
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
  void failuresComeLastAndStandAlone() {
    List<String> lines = told(ConsoleStyle.PLAIN, Samples.oneOfEach());

    int warnings = lines.indexOf("Warnings");
    int couldNotRun = lines.indexOf("Could not run");
    int failures = lines.indexOf("Failures");
    assertTrue(warnings > 0 && warnings < couldNotRun && couldNotRun < failures);
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
            "    next:     Every route refuses this API key, so the key itself is wrong"),
        lines.subList(failures, failures + 9));
    assertEquals(
        "    again:    curl -sS -X POST 'https://on-demand.example/v1/chat/completions' -H"
            + " \"Authorization: Bearer $TENSORMESH_INFERENCE_API_KEY\" -H"
            + " \"X-User-Id: $TENSORMESH_USER_ID\""
            + " -H 'Content-Type: application/json' --data '{\"model\": \"org/model\","
            + " \"messages\": []}'",
        lines.get(lines.size() - 3));
    assertEquals("", lines.get(lines.size() - 2));
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

    assertTrue(lines.contains("  a.one [on-demand, serverless]  the sentence of a.one"));
    assertEquals(1, lines.stream().filter("    The message of a.one."::equals).count());
  }

  @Test
  void whatCouldNotRunIsGroupedByReason() {
    Target target = Samples.target("serverless");
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      verdicts.add(
          Samples.verdict(
              "a.n" + i,
              target,
              Outcome.COULD_NOT_RUN,
              Optional.of(Reason.CONNECTION_REFUSED),
              Samples.exchange(
                  "e" + i,
                  target,
                  Samples.chat(target),
                  new NoAnswer(NoAnswer.Kind.CONNECTION_REFUSED, "refused"))));
    }

    List<String> lines = told(ConsoleStyle.PLAIN, verdicts);

    int at = lines.indexOf("Could not run");
    assertEquals("  connection-refused (3)", lines.get(at + 1));
    assertEquals("    a.n0 [serverless], a.n1 [serverless], a.n2 [serverless]", lines.get(at + 2));
    assertEquals("    next: Nothing listens at this address and port", lines.get(at + 4));
    assertEquals(
        "UNREACHABLE  0 passed, 0 failed, 3 could not run · reports in reports/latest"
            + " · exit 4: the host was not reached at all",
        lines.get(lines.size() - 1));
  }

  @Test
  void aTerminalGetsOneLineOfProgress() {
    String text = text(new ConsoleStyle(true, true), Samples.oneOfEach());

    assertTrue(text.contains("\r\u001b[K1/6  1 passed, 0 failed\r\u001b[K2/6  1 passed, 1 failed"));
    assertFalse(text.contains("pass  chat.answers"));
    assertTrue(text.contains("\u001b[31mFAILED\u001b[0m  1 passed, 1 failed"));
  }

  @Test
  void onlyATerminalThatWantsItGetsColour() {
    assertEquals(new ConsoleStyle(true, true), ConsoleStyle.detect(true, Map.of("TERM", "xterm")));
    assertEquals(ConsoleStyle.PLAIN, ConsoleStyle.detect(false, Map.of()));
    assertEquals(ConsoleStyle.PLAIN, ConsoleStyle.detect(true, Map.of("NO_COLOR", "1")));
    assertEquals(ConsoleStyle.PLAIN, ConsoleStyle.detect(true, Map.of("CI", "true")));
    assertEquals(ConsoleStyle.PLAIN, ConsoleStyle.detect(true, Map.of("TERM", "dumb")));
    assertFalse(text(ConsoleStyle.PLAIN, Samples.oneOfEach()).contains("\u001b"));
  }

  private static List<String> told(ConsoleStyle style, List<Verdict> verdicts) {
    return text(style, verdicts).lines().toList();
  }

  private static String text(ConsoleStyle style, List<Verdict> verdicts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintWriter out = new PrintWriter(bytes, true, StandardCharsets.UTF_8);
    Samples.run(false, verdicts, new ConsoleReport(out, style, Optional.of("reports/latest")));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
