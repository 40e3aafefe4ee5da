package dev.meshcheck.reports.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.outcome.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {

  @TempDir Path reports;

  @Test
  void aRunIsToldInTheWordsOfPrometheus() {
    RunReport run = Nights.run("eu", "r", Nights.failing());
    String text = RunMetrics.of(new Environment("eu", Map.of("re-gion", "e\"u")), run).text();

    assertTold(
        text,
        "meshcheck_environment_info{environment=\"eu\",label_re_gion=\"e\\\"u\",verdict=\"failed\"} 1");
    assertTold(text, "meshcheck_run_exit_code{environment=\"eu\"} 1.0");
    assertTold(text, "meshcheck_run_complete{environment=\"eu\"} 1.0");
    assertTold(
        text,
        "meshcheck_run_end_timestamp_seconds{environment=\"eu\"} "
            + Nights.FIRST.plusSeconds(3).getEpochSecond() * 1.0);
    assertTold(text, "meshcheck_run_requests{environment=\"eu\"} 2.0");
    assertTold(text, "meshcheck_results{environment=\"eu\",outcome=\"failed\",route=\"chat\"} 1.0");
    assertTold(
        text,
        "meshcheck_check_outcome{check=\"chat.usage-adds-up\",environment=\"eu\",outcome=\"failed\",reason=\"wrong-value\",target=\"serverless\"} 1.0");
    assertTold(text, "meshcheck_first_token_seconds_bucket{environment=\"eu\",le=\"0.025\"} 0");
    assertTold(text, "meshcheck_first_token_seconds_bucket{environment=\"eu\",le=\"0.05\"} 1");
    assertTold(text, "meshcheck_first_token_seconds_bucket{environment=\"eu\",le=\"+Inf\"} 1");
    assertTold(text, "meshcheck_first_token_seconds_sum{environment=\"eu\"} 0.04");
    assertTold(text, "meshcheck_first_token_median_seconds{environment=\"eu\"} 0.04");
    assertTold(text, "meshcheck_exchange_duration_seconds_count{environment=\"eu\"} 2");
    assertTrue(
        text.contains(
            "meshcheck_certificate_not_after_timestamp_seconds{environment=\"eu\",target=\"serverless\"} "),
        text);
    assertFalse(text.contains("meshcheck_cause"), text);
  }

  @Test
  void aRunThatItsDeadlineEndedIsNotComplete() {
    List<Verdict> verdicts = new ArrayList<>(Nights.good(40));
    verdicts.add(
        Samples.verdict(
            "chat.late",
            Samples.target("serverless"),
            Outcome.COULD_NOT_RUN,
            Optional.of(Reason.RUN_TIMEOUT)));
    String text = RunMetrics.of(Nights.run("eu", "r", verdicts)).text();

    assertTold(text, "meshcheck_run_complete{environment=\"eu\"} 0.0");
  }

  @Test
  void aCauseHasASeries() {
    String text = RunMetrics.of(Nights.run("us", "r", Nights.refused())).text();

    assertTold(
        text,
        "meshcheck_cause{cause=\"key-invalid\",environment=\"us\",target=\"serverless\"} 1.0");
    assertTold(text, "meshcheck_run_exit_code{environment=\"us\"} 3.0");
  }

  @Test
  void aNightTellsWhenItEndedAndWhetherItWasWhole() throws IOException {
    Nights.five(reports, 0);
    String text = Files.readString(reports.resolve("latest-night/metrics.prom"));

    assertTold(text, "meshcheck_night_complete 1.0");
    assertTold(text, "meshcheck_night_exit_code 1.0");
    assertTold(text, "meshcheck_night_environments{verdict=\"not-judged\"} 2.0");
    assertTold(text, "meshcheck_night_environments{verdict=\"cut-short\"} 0.0");
    assertTold(text, "meshcheck_run_exit_code{environment=\"dead\"} 4.0");
    assertTold(text, "meshcheck_run_complete{environment=\"unset\"} 0.0");
    assertFalse(text.contains("meshcheck_run_tokens{environment=\"unset\"}"), text);
    assertEquals(1, text.split("# TYPE meshcheck_results gauge", -1).length - 1);
  }

  @Test
  void seriesAreBounded() {
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      verdicts.add(Samples.saying("g" + i + ".fails", Samples.target("serverless"), "m"));
    }
    String text = RunMetrics.of(Nights.run("bad", "r", verdicts)).text();

    assertTrue(text.lines().filter(l -> !l.startsWith("#")).count() < 80, text);
    assertTold(text, "meshcheck_check_outcomes_left_out{environment=\"bad\"} 350.0");
  }

  @Test
  void promtoolHasNothingToSay() throws IOException, InterruptedException {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/promtool")),
        "no promtool here: apt-get install prometheus");
    Nights.five(reports, 0);
    Path log = reports.resolve("promtool.txt");
    Process promtool =
        new ProcessBuilder("promtool", "check", "metrics")
            .redirectInput(reports.resolve("latest-night/metrics.prom").toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();

    assertTrue(promtool.waitFor(1, TimeUnit.MINUTES));
    assertEquals("", Files.readString(log, StandardCharsets.UTF_8));
    assertEquals(0, promtool.exitValue());
  }

  private static void assertTold(String text, String line) {
    assertTrue(text.lines().anyMatch(line::equals), line + " is not in\n" + text);
  }
}
