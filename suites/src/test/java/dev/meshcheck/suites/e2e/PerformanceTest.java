package dev.meshcheck.suites.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The performance card, and the verdicts of who says how fast is fast enough. */
class PerformanceTest {

  /** More than that is no smoke without a fire: 42 streams, and what a run asks first. */
  private static final int MOST_REQUESTS = 50;

  @TempDir Path scratch;

  private final ReferenceGateway gateway = Cli.gateway();

  @AfterEach
  void close() {
    gateway.close();
  }

  private Cli cli() {
    return Cli.of(scratch, gateway);
  }

  @Test
  void theCardIsInEveryReport() throws IOException {
    Cli cli = cli();
    Command.Ended ended = cli.run("verify", "--select=performance.*");
    assertThat(ended.out(), ended.exit(), is(0));
    JsonNode report = Reports.valid(cli.latest());
    JsonNode load = report.path("performance").path(0).path("load");
    assertEquals(List.of("1", "8"), load.findValuesAsText("inFlight"));
    assertEquals("10", load.path(0).path("streams").asText());
    assertEquals(0, load.path(1).path("streams").asInt() % 8);
    for (JsonNode one : load) {
      assertThat(one.path("firstTokenMs").asDouble() > 0, is(true));
      assertThat(one.path("tokensPerSecond").asDouble() > 0, is(true));
      assertThat(
          one.path("firstTokenMs").asDouble(),
          is(lessThanOrEqualTo(one.path("firstTokenP95Ms").asDouble())));
    }
    assertEquals(4, report.path("performance").path(0).path("cache").path("prompts").asInt());
    assertThat(
        report.path("targets").path(0).path("requests").asInt(),
        is(lessThanOrEqualTo(MOST_REQUESTS)));
    for (String file : List.of("report.html", "summary.md")) {
      assertThat(file, cli.file(file), containsString("8 in flight: first token after "));
      assertThat(file, cli.file(file), containsString("long prompts: first token after "));
    }
    assertThat(
        cli.file("report.json"),
        containsString("no time is too long unless --max-first-token says so"));
  }

  @Test
  void whatWasNotMeasuredHasNoCard() throws IOException {
    Cli cli = cli();
    cli.run("verify", "--select=health.*");
    assertThat(Reports.valid(cli.latest()).has("performance"), is(false));
    assertThat(cli.file("report.html"), not(containsString("id=\"performance\"")));
  }

  @Test
  void tooSlowIsAFailureOnlyWhereSomebodySaysSo() {
    Command.Ended ended =
        cli()
            .run(
                "verify",
                "--select=performance.streams-*,performance.first-*",
                "--max-first-token=60",
                "--min-tokens-per-second=100000");
    assertThat(ended.out(), ended.exit(), is(1));
    assertThat(ended.out(), containsString("the tokens come too slowly alone"));
    assertThat(ended.out(), containsString("1 passed, 1 failed"));
  }

  @Test
  void withFewerInFlightNothingIsSaidOfEight() throws IOException {
    Cli cli = cli();
    Command.Ended ended = cli.run("verify", "--select=performance.eight-at-once", "--parallel=4");
    assertThat(ended.out(), ended.exit(), is(3));
    assertThat(
        ended.out(),
        containsString("exit 3: incomplete: nothing that was selected applies to this host"));
    assertThat(
        cli.file("report.json"), containsString("no 8 streams were in flight at one moment"));
  }
}
