package dev.meshcheck.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.model.ReportJson;
import dev.meshcheck.reports.model.ResponseReport;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.outcome.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileBodiesTest {

  private static final String HOSTILE =
      "]]> <script>alert(1)</script> \u0000\u0008\u001b[31mred\u001b[0m \u009b2J \u202eabc\u202c"
          + " ``` | `x` | **bold** [a](javascript:x) <img src=x onerror=y> @everyone \uD800 \uFFFE"
          + "\r\n```\n# not a heading\n::error::not an annotation ##[error]nor this ##vso[task.x]";

  @TempDir Path directory;

  private final Target target = Samples.target("on-demand");

  @Test
  void stayTextEverywhere() throws IOException {
    Rendered run = Rendered.of(directory, false, List.of(saying(HOSTILE)));

    // XML that does not parse would throw here.
    String failure = run.xml().getElementsByTagName("failure").item(0).getTextContent();
    assertTrue(failure.contains("]]> <script>alert(1)</script>"), failure);
    assertTrue(failure.contains("\\u001b[31mred"), failure);
    for (String text : List.of(run.console(), run.summary(), run.junit())) {
      assertTrue(text.codePoints().noneMatch(c -> c != '\n' && Character.isISOControl(c)), text);
      assertTrue(text.codePoints().noneMatch(c -> c == 0x202E || c == 0xFFFE), text);
    }
    assertFalse(run.junit().contains("<script>"), run.junit());
    assertFalse(outsideCode(run.summary()).contains("<script>"), run.summary());
    assertFalse(outsideCode(run.summary()).contains("<img"), run.summary());
    assertFalse(outsideCode(run.summary()).contains("@everyone"), run.summary());
    assertFalse(outsideCode(run.summary()).contains("[a](j"), run.summary());
    assertFalse(run.summary().lines().anyMatch(line -> line.startsWith("# not")), run.summary());
    assertTrue(
        run.console().lines().noneMatch(line -> line.stripLeading().startsWith("::")),
        run.console());
    assertFalse(run.console().contains("##["), run.console());
    assertFalse(run.console().contains("##vso["), run.console());
    assertEquals(run.report().summary(), ReportJson.read(run.json()).summary());
    ResponseReport response =
        ReportJson.read(run.json()).exchanges().get("e1").response().orElseThrow();
    assertTrue(response.body().contains("\u001b[31mred"), "report.json tells it as it was");
  }

  @Test
  void ofFiveMegabytesAreCut() {
    String large = "é".repeat(5 * 1024 * 1024 / 2);

    Rendered run = Rendered.of(directory, false, List.of(saying(large)));

    ResponseReport response = run.report().exchanges().get("e1").response().orElseThrow();
    assertEquals(64 * 1024, response.body().length());
    assertTrue(response.truncated());
    assertEquals(4096 + "… (cut)".length(), run.report().results().get(0).message().length());
    assertTrue(run.json().length() < 400_000, "report.json has " + run.json().length());
    assertTrue(run.junit().length() < 50_000, "junit.xml has " + run.junit().length());
    assertTrue(run.console().length() < 50_000, "the console has " + run.console().length());
  }

  @Test
  void ofManyFailuresFitASummary() {
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      verdicts.add(
          // Each of a root of its own: what is alike is told once.
          Samples.saying("a.n" + i, target, HOSTILE + i, exchange("e" + i, HOSTILE)));
      verdicts.add(
          Samples.verdict("w.n" + i, target, Outcome.WARNED, Optional.of(Reason.WRONG_VALUE)));
    }

    Rendered run = Rendered.of(directory, false, verdicts);

    int bytes = run.summary().getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes < 60_000, "summary.md has " + bytes);
    assertTrue(bytes > 50_000, "summary.md uses its room: " + bytes);
    assertTrue(run.summary().contains("400 failed, 400 warned"), run.summary());
    assertTrue(run.summary().contains(" more: see report.json"), run.summary());
    assertEquals("400", run.xml().getDocumentElement().getAttribute("failures"));
  }

  private static String outsideCode(String markdown) {
    return markdown.replaceAll("(?s)(?m)^(`{3,})sh\\n.*?\\n\\1\\n", "");
  }

  private Exchange exchange(String id, String text) {
    return Samples.exchange(
        id,
        target,
        Samples.post(target, "/tokenize", "{\"prompt\": \"" + text + "\"}"),
        Samples.answer(200, "text/plain", text));
  }

  private Verdict saying(String text) {
    return Samples.saying("a.one", target, text, exchange("e1", text));
  }
}
