package dev.meshcheck.suites.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check whose outcome flips is called flaky, with its rate, and fails all the same. */
class FlakyTest {

  @Test
  void aFailureThatDoesNotComeBackIsFlaky(@TempDir Path scratch) throws Exception {
    try (ReferenceGateway gateway = Cli.gateway()) {
      Cli cli = Cli.of(scratch, gateway);
      // Every second list names another model. The first run asks once, and a failed one twice.
      gateway.misbehave(Cli.faults("models-list-flickers"));
      assertEquals(0, cli.run("--select", "models.lists-the-model").exit());
      cli.run("--select", "models.lists-the-model");
      Command.Ended third = cli.run("--select", "models.lists-the-model");

      String said =
          "run once more, alone, it passed: this check is flaky; it failed in 2 of the last 3 runs";
      assertEquals(1, third.exit(), third.out());
      assertThat(third.out(), containsString(said));
      assertThat(cli.file("summary.md"), containsString(said));
      assertThat(cli.file("junit.xml"), containsString(said));
      assertThat(cli.file("report.html"), containsString("<b class=\"badge flaky\">flaky</b>"));
      assertThat(cli.file("report.html"), containsString("failed in 2 of the last 3 runs"));
      JsonNode result = Json.read(cli.latest()).path("results").get(0);
      assertEquals("failed", result.path("outcome").asText());
      assertEquals("passed", result.path("rerun").path("outcome").asText());
      assertEquals(2, result.path("rerun").path("failed").asInt());
      assertEquals(3, result.path("rerun").path("runs").asInt());
      assertEquals(3, Files.readAllLines(scratch.resolve("reports/history.jsonl")).size());
      Formats.agree(cli.latest(), third.out());
    }
  }
}
