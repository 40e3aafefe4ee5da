package dev.meshcheck.reports.html;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Browser;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.history.History;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.outcome.Verdict;
import dev.meshcheck.reports.run.RunLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lets report.test.mjs look at pages in Chromium, where there is one. */
@Tag("long")
class BrowserTest {

  @TempDir Path directory;

  @Test
  void theReportWorksInARealBrowser() throws IOException, InterruptedException {
    Browser.needed();
    Path report = directory.resolve("report.html");
    Files.writeString(report, HtmlReport.render(Samples.run(false, verdicts("{}")), History.NONE));
    Path hostile = directory.resolve("hostile.html");
    String body =
        "</script><script>pwned=1</script><img src=x onerror=pwned=1><svg onload=pwned=1>";
    Files.writeString(hostile, HtmlReport.render(Samples.run(false, verdicts(body)), History.NONE));

    Path green = page("green.html", Samples.run(false, List.of(good("chat.answers"))));
    Path key = page("key.html", Samples.run(false, wrongKey()));
    Path cut = page("cut.html", cutShort());

    Path large = directory.resolve("large.html");
    Files.writeString(large, HtmlReportTest.large());

    Browser.run(
        "report.test.mjs",
        Map.of(
            "REPORT", report, "GREEN", green, "KEY", key, "CUT", cut, "HOSTILE", hostile, "LARGE",
            large),
        directory.resolve("log.txt"));
  }

  private Path page(String name, RunReport run) throws IOException {
    return Files.writeString(directory.resolve(name), HtmlReport.render(run, History.NONE));
  }

  private static Verdict good(String check) {
    Target target = Samples.target("serverless");
    return Samples.passed(
        check,
        target,
        Samples.exchange("e1", target, Samples.chat(target), Samples.json(200, "{}")));
  }

  private static List<Verdict> wrongKey() {
    Target target = Samples.target("serverless");
    Exchange refused =
        Samples.exchange(
            "e1", target, Samples.chat(target), Samples.json(401, "{\"error\": \"Unauthorized\"}"));
    return List.of(Samples.failed("chat.answers", target, Reason.UNAUTHORIZED, refused));
  }

  /** A run that was interrupted after the first of two checks. */
  private static RunReport cutShort() {
    Verdict first = good("chat.answers");
    RunLog log =
        RunLog.start(
            Samples.plan(false, List.of(first, good("chat.echoes-model"))),
            new Redactor(List.of(Samples.KEY, Samples.TOKEN)),
            List.of());
    log.judged(first);
    return log.cutShort(Samples.START.plusSeconds(3));
  }

  private static List<Verdict> verdicts(String body) {
    Target target = Samples.target("on-demand");
    List<Verdict> verdicts = new ArrayList<>(Samples.oneOfEach());
    Exchange stream =
        Samples.exchange("e7", target, Samples.chat(target), Samples.stream("{}", body, "[DONE]"));
    Exchange failed =
        Samples.exchange(
            "e8", target, Samples.chat(target), Samples.answer(500, "text/html", body));
    verdicts.add(Samples.failed("stream.ends", target, Reason.STREAM_TRUNCATED, stream, failed));
    return verdicts;
  }
}
