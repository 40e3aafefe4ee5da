package dev.meshcheck.reports.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.client.ClientRuns;
import dev.meshcheck.reports.history.History;
import dev.meshcheck.reports.html.HtmlReport;
import dev.meshcheck.reports.model.ReportJson;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientsAreToldTest {

  private static final String BROKEN = "responses-stream.codex-request-is-answered";
  private static final Map<String, Outcome> CODEX = Map.of(BROKEN, Outcome.WARNED);

  private final Target target = Samples.target("serverless");
  private final RunReport good = ClientRuns.with(Map.of(), target);
  private final RunReport bad = ClientRuns.with(CODEX, target);

  private static String clientsOf(String html) {
    int from = html.indexOf("<section aria-labelledby=\"clients\">");
    return html.substring(from, html.indexOf("</section>", from));
  }

  @Test
  void inTheSummary() {
    String text = SummaryMarkdown.render(bad);
    assertTrue(
        text.contains(
            "- Codex CLI does not work: its options, the role developer and content in parts come"
                + " with every turn ("
                + BROKEN
                + ")"),
        text);
    assertTrue(text.contains("- works: openai-python, openai-node, openai-java, LiteLLM"), text);
  }

  @Test
  void onThePageCollapsedWhereAllWork() {
    String section = clientsOf(HtmlReport.render(good, History.NONE));
    assertTrue(section.contains("<details><summary>works: 15</summary>"), section);
    assertFalse(section.contains("<th scope=\"col\">target</th>"), section);
  }

  @Test
  void onThePageOpenWhereOneDoesNot() {
    String section = clientsOf(HtmlReport.render(bad, History.NONE));
    assertTrue(
        section.contains("<details open><summary>works: 14 · does not work: 1</summary>"), section);
    assertTrue(section.contains("<a href=\"#" + BROKEN + "@serverless\">"), section);
    assertTrue(section.contains("gLLM/pull/267"), section);
  }

  @Test
  void onceForTargetsAlike() {
    RunReport both = ClientRuns.with(CODEX, target, Samples.target("on-demand"));
    List<ClientRow> rows = ClientRow.of(both);
    assertEquals("Codex CLI", rows.get(0).name());
    assertEquals(List.of("serverless", "on-demand"), rows.get(0).targets());
    assertTrue(
        SummaryMarkdown.render(both)
            .contains("- Codex CLI on serverless, on-demand does not work: its options"));
  }

  @Test
  void inJsonThereAndBack() throws IOException {
    assertEquals(bad.clients(), ReportJson.read(ReportJson.write(bad)).clients());
  }

  @Test
  void notJudgedIsNoAlarm() {
    RunReport part = ClientRuns.without("chat.answers", target);
    String section = clientsOf(HtmlReport.render(part, History.NONE));
    assertTrue(section.contains("<details><summary>works: 1 · not judged: 14</summary>"), section);
    assertTrue(section.contains("1 check that it stands on gave no verdict in this run"), section);
    assertFalse(SummaryMarkdown.render(part).contains("does not work"), "nothing is known");
  }
}
