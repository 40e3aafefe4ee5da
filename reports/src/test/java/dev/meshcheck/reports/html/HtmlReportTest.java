package dev.meshcheck.reports.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Headers;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.capability.Capabilities;
import dev.meshcheck.reports.history.History;
import dev.meshcheck.reports.model.CauseReport;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.ExchangeReport;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.Summary;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.outcome.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlReportTest {

  private final Target target = Samples.target("on-demand");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</script><script>alert(1)</script>",
        "</style><style>*{display:none}</style>",
        "<img src=x onerror=alert(1)>",
        "\"><svg onload=alert(1)>",
        "' autofocus onfocus='alert(1)",
        "</pre></details></main><iframe srcdoc='<script>alert(1)</script>'>",
        "<!-- --><base href='//evil.example'>",
        "javascript:alert(1)",
        "${7*7} #{7*7} {{7*7}} @if(true) !{7*7} <%= 7*7 %>",
        "&lt;script&gt; &#60;script&#62; \u2028\u2029\u202e\u0000\u001b[31m",
        "]]>--><![CDATA[<x onclick=alert(1)>"
      })
  void nothingThatAHostSaysBecomesMarkup(String hostile) {
    Markup plain = Markup.of(page("harmless"));
    String html = page(hostile);
    Markup page = Markup.of(html);

    assertEquals(plain.elements(), page.elements());
    assertEquals(plain.attributes(), page.attributes());
    assertTrue(page.values("href").stream().noneMatch(link -> link.contains("script:")));
    assertFalse(html.contains("49"), "a template in a body was evaluated");
    assertFalse(html.contains("\u0000"));
    assertFalse(html.contains("\u202e"));
    assertFalse(html.contains("\u001b"));
  }

  /** The text everywhere a host, a user or a diagnosis can put one. */
  private String page(String text) {
    String json = "{\"error\": {\"message\": \"" + text.replace("\"", "\\\"") + "\"}}";
    Exchange plain = exchange("e1", "text/html", text);
    Exchange quoted = exchange("e2", text.replaceAll("\\p{Cntrl}", ""), json);
    Exchange stream =
        Samples.exchange("e3", target, Samples.chat(target), Samples.stream(text.strip(), json));
    Verdict verdict = Samples.saying("chat.answers", target, text, plain, quoted, stream);
    RunReport run = Samples.run(false, List.of(verdict));
    CauseReport cause =
        new CauseReport("a-cause", text, 0.5, List.of(text), List.of(text), List.of("x.y"));
    return HtmlReport.render(
        with(run, run.results(), run.exchanges(), List.of(cause)), History.NONE);
  }

  private Exchange exchange(String id, String type, String body) {
    return Samples.exchange(
        id,
        target,
        Samples.post(target, "/v1/chat/completions", body)
            .withHeaders(Headers.NONE.with("X-Echo", type)),
        Samples.answer(500, type, body));
  }

  @Test
  void needsNoNetworkAndRunsNothingButItsOwnScript() {
    Markup page =
        Markup.of(HtmlReport.render(Samples.run(false, Samples.oneOfEach()), History.NONE));

    assertFalse(page.attributes().contains("src"));
    assertFalse(page.elements().contains("link"));
    assertFalse(page.elements().contains("img"));
    assertTrue(
        page.values("content").get(0).startsWith("default-src &#39;none&#39;")
            || page.values("content").get(0).startsWith("default-src 'none'"),
        page.values("content").get(0));
  }

  @Test
  void idsAreUniqueAndInnerLinksLeadSomewhere() {
    Markup page =
        Markup.of(HtmlReport.render(Samples.run(false, Samples.oneOfEach()), History.NONE));

    List<String> ids = page.values("id");
    Set<String> unique = new HashSet<>(ids);
    assertEquals(unique.size(), ids.size());
    assertTrue(unique.contains("chat.usage-adds-up"));
    page.values("href").stream()
        .filter(link -> link.startsWith("#"))
        .forEach(link -> assertTrue(unique.contains(link.substring(1)), link));
  }

  @Test
  void aCauseExplainsNothingOnAnotherTarget() {
    Target other = Samples.target("serverless");
    RunReport run =
        Samples.run(
            false,
            List.of(
                Samples.failed("chat.answers", target, Reason.UNAUTHORIZED),
                Samples.failed("chat.answers", other, Reason.UNAUTHORIZED),
                Samples.failed("chat.echoes", other, Reason.WRONG_VALUE)));
    List<CauseReport> causes =
        Stream.of("on-demand", "serverless")
            .map(
                name ->
                    new CauseReport(
                        "key-invalid",
                        "The key is wrong",
                        0.8,
                        List.of(),
                        List.of("tm init --sync   # fetches it", "Ask your operator."),
                        List.of("chat.answers"),
                        Optional.of(name)))
            .toList();

    String html =
        HtmlReport.render(with(run, run.results(), run.exchanges(), causes), History.NONE);
    Markup page = Markup.of(html);

    List<String> ids = page.values("id");
    assertEquals(Set.copyOf(ids).size(), ids.size());
    for (String name : List.of("on-demand", "serverless")) {
      assertTrue(ids.contains("cause-key-invalid@" + name), ids::toString);
      assertTrue(page.values("href").contains("#cause-key-invalid@" + name));
    }
    assertTrue(html.contains("explains the only failure on on-demand"));
    assertTrue(html.contains("explains 1 of 2 failures on serverless"));
    assertTrue(html.contains("What else broke"));
    assertTrue(
        html.contains("<code class=\"cmd\">tm init --sync</code> <span class=\"said\">fetches it"));
    assertTrue(html.contains("<li><span class=\"said\">Ask your operator."));
  }

  @Test
  void fiveThousandResultsStayUnderFiveMegabytes() {
    String page = large();

    int size = page.getBytes(StandardCharsets.UTF_8).length;
    assertTrue(size < 5_000_000, "bytes: " + size);
    assertTrue(page.contains("id=\"chat.n249\""));
    assertTrue(page.contains("<div class=\"b\" id=\"e0\""), "failures come first");
  }

  /** 250 checks on 20 targets, a fifth of them broken, with bodies full of what is escaped. */
  static String large() {
    Target target = Samples.target("on-demand");
    Exchange exchange =
        Samples.exchange(
            "e1",
            target,
            Samples.chat(target),
            Samples.json(500, "{\"text\": \"" + "<é&>".repeat(1000) + "\"}"));
    RunReport small =
        Samples.run(
            false,
            List.of(
                Samples.passed("a.a", target, exchange),
                Samples.failed("a.b", target, Reason.SERVER_ERROR, exchange)));
    List<CheckResult> results = new ArrayList<>();
    Map<String, ExchangeReport> exchanges = new LinkedHashMap<>();
    for (int i = 0; i < 5_000; i++) {
      results.add(copy(small.results().get(i % 5 == 0 ? 1 : 0), i));
      exchanges.put("e" + i, small.exchanges().get("e1"));
    }
    return HtmlReport.render(with(small, results, exchanges, small.causes()), History.NONE);
  }

  private static CheckResult copy(CheckResult result, int i) {
    return new CheckResult(
        "chat.n" + i / 20,
        "target-" + i % 20,
        result.surface(),
        result.route(),
        result.level(),
        result.outcome(),
        result.reason(),
        result.title(),
        result.message() + " " + i,
        result.expected(),
        result.actual(),
        result.guidance(),
        List.of("e" + i),
        result.durationMs(),
        false,
        result.source(),
        result.likelyCauses(),
        Optional.empty(),
        Optional.empty());
  }

  private static RunReport with(
      RunReport run,
      List<CheckResult> results,
      Map<String, ExchangeReport> exchanges,
      List<CauseReport> causes) {
    return new RunReport(
        run.schemaVersion(),
        run.tool(),
        run.catalogue(),
        run.run(),
        run.targets(),
        run.engine(),
        results,
        exchanges,
        causes,
        Capabilities.of(results, causes),
        Summary.of(results),
        run.change(),
        run.knownFailures(),
        run.clients(),
        run.performance());
  }
}
