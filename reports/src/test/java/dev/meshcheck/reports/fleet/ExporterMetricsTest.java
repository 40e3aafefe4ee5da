package dev.meshcheck.reports.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.outcome.RunVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExporterMetricsTest {

  private static final Duration TOOK = Duration.ofMillis(2500);

  @Test
  void countersBeginAtZeroAndAddUp() {
    ExporterMetrics exporter = new ExporterMetrics(3);
    String before = Metrics.text(exporter.snapshots());
    assertTold(before, "meshcheck_exporter_probes_total{verdict=\"unreachable\"} 0.0");
    assertTold(before, "meshcheck_exporter_answers_total{status=\"503\"} 0.0");
    assertFalse(before.contains("verdict=\"not-asked\""), before);

    exporter.begins();
    exporter.begins();
    exporter.ended(RunVerdict.FAILED, TOOK);
    exporter.asked();
    exporter.asked();
    exporter.asked();
    exporter.answered(200);
    exporter.answered(200);
    String text = Metrics.text(exporter.snapshots());
    assertTold(text, "meshcheck_exporter_environments 3.0");
    assertTold(text, "meshcheck_exporter_probes_total{verdict=\"failed\"} 1.0");
    assertTold(text, "meshcheck_exporter_probes_in_flight 1.0");
    assertTold(text, "meshcheck_exporter_waiting 1.0");
    assertTold(text, "meshcheck_exporter_answers_total{status=\"200\"} 2.0");
    // A bound is within its bucket.
    assertTold(text, "meshcheck_exporter_probe_duration_seconds_bucket{le=\"1.0\"} 0");
    assertTold(text, "meshcheck_exporter_probe_duration_seconds_bucket{le=\"2.5\"} 1");
    assertTold(text, "meshcheck_exporter_probe_duration_seconds_sum 2.5");
  }

  @Test
  void aProbeSaysWhetherAllIsWell() {
    Environment eu = new Environment("eu", Map.of());
    ProbeMetrics bad = ProbeMetrics.of(eu, Nights.run("eu", "r", Nights.failing()), TOOK);
    String text = Metrics.text(bad.snapshots());
    assertTold(text, "meshcheck_probe_success{environment=\"eu\"} 0.0");
    assertTold(text, "meshcheck_probe_duration_seconds{environment=\"eu\"} 2.5");
    assertTold(text, "meshcheck_run_exit_code{environment=\"eu\"} 1.0");
    assertEquals(RunVerdict.FAILED, bad.verdict());
    assertEquals(Optional.empty(), bad.why());

    ProbeMetrics unset = ProbeMetrics.unjudged(eu, ExitCode.INCOMPLETE, "no key", TOOK);
    text = Metrics.text(unset.snapshots());
    assertTold(text, "meshcheck_probe_success{environment=\"eu\"} 0.0");
    assertTold(text, "meshcheck_run_complete{environment=\"eu\"} 0.0");
    assertFalse(text.contains("meshcheck_run_requests"), text);
    assertEquals(Optional.of("no key"), unset.why());
  }

  @Test
  void thePageEscapesWhatAFileSays() {
    String page =
        ExporterPage.render(List.of(new Environment("eu-1", Map.of("b", "<i>", "a", "\"&"))));
    assertTrue(page.contains("href=\"/probe?target=eu-1\">eu-1</a>"), page);
    assertTrue(page.contains("<td>a=\"&amp;, b=&lt;i&gt;</td>"), page);
  }

  private static void assertTold(String text, String line) {
    assertTrue(text.lines().anyMatch(line::equals), line + " is not in\n" + text);
  }
}
