package dev.meshcheck.suites.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One mistake in the settings is one cause in every report, beside the target that it is about. */
class CausesTest {

  private static final String NOBODY = "123e4567-e89b-12d3-a456-426614174000";
  private static final String WRONG_KEY = "ak-somebody-elses-key-0123456789";

  private static final Pattern RESULT =
      Pattern.compile("(?s)<div class=\"r s-failed\"[^>]* data-t=\"([a-z-]+)\" id=.*?\n</div>");
  private static final Pattern EXPLAINED = Pattern.compile("Explained by <a href=\"#([^\"]+)\"");

  /** Which causes the page gives for the failures of each target. */
  private static Map<String, Set<String>> explanations(String page) {
    return RESULT
        .matcher(page)
        .results()
        .collect(
            Collectors.groupingBy(
                result -> result.group(1),
                Collectors.flatMapping(
                    result ->
                        EXPLAINED.matcher(result.group()).results().map(cause -> cause.group(1)),
                    Collectors.toSet())));
  }

  @Test
  void aWrongUserIdExplainsEveryFailureInEveryReport(@TempDir Path scratch) throws Exception {
    try (ReferenceGateway gateway = Cli.gateway()) {
      Cli cli = Cli.of(scratch, gateway).with("TENSORMESH_USER_ID", NOBODY);
      Command.Ended run = cli.run();

      assertEquals(3, run.exit(), run.err());
      int failed = Json.failed(cli.latest()).size();
      assertTrue(failed > 5);
      JsonNode causes = Json.read(cli.latest()).path("causes");
      assertEquals(1, causes.size(), causes.toString());
      assertEquals("user-id-not-routed", causes.get(0).path("cause").asText());
      String scope = "all " + failed + " failures and ";
      String title = "The host does not know this X-User-Id";
      String from = "what is set came from TENSORMESH_USER_ID";
      assertThat(run.out(), containsString("\nCauses\n  " + scope));
      String notJudged = "NOT JUDGED: the host does not know this X-User-Id";
      assertThat(run.out(), containsString("\n" + notJudged + "  "));
      assertThat(run.out(), containsString(" · exit 3: nothing can be said of the host\n"));
      assertThat(cli.file("summary.md"), containsString("## Meshcheck: " + notJudged + "\n"));
      assertThat(cli.file("report.html"), containsString("<title>" + notJudged + " · Meshcheck"));
      assertThat(
          cli.file("junit.xml"),
          containsString("\"" + notJudged + ", exit 3: nothing can be said"));
      assertThat(run.out(), containsString(from));
      assertThat(run.out(), not(containsString("\nFailures\n")));
      assertThat(cli.file("summary.md"), containsString("### Causes\n\n**" + scope));
      assertThat(
          cli.file("summary.md"), containsString("tm auth whoami   # user.id is the value; "));
      assertThat(cli.file("summary.md"), not(containsString("### Failures")));
      String page = cli.file("report.html");
      assertThat(page, containsString(title + "</a></small></h1>"));
      assertThat(page, containsString("<p class=\"why\">explains " + scope));
      assertThat(page, containsString("<code class=\"cmd\">tm auth whoami</code>"));
      assertThat(page, containsString(from));
      assertFalse(page.contains("What else broke"));
      assertEquals(
          Map.of("on-demand", Set.of("cause-user-id-not-routed@on-demand")), explanations(page));
      Formats.agree(cli.latest(), run.out());
    }
  }

  /** Beside a fault of the host, the same wrong settings excuse nothing. */
  @Test
  void whatTheCallerDidNotCauseIsStillTheHostsFault(@TempDir Path scratch) {
    try (ReferenceGateway gateway = Cli.gateway()) {
      gateway.misbehave(Cli.faults("version-number"));
      Cli cli = Cli.of(scratch, gateway);

      Command.Ended model = cli.run("--model", "nobody/has-this");
      assertEquals(1, model.exit(), model.out());
      assertThat(model.out(), containsString("FAILED  "));
      assertThat(model.out(), containsString("The host does not serve this model"));

      Command.Ended one = cli.run("--model", "nobody/has-this", "--select", "chat.answers");
      assertEquals(3, one.exit(), one.out());
      assertThat(one.out(), containsString("the only failure: The host does not serve this model"));
    }
  }

  @Test
  void theCauseOfOneTargetExplainsNothingOnAnother(@TempDir Path scratch) throws Exception {
    try (ReferenceGateway gateway = Cli.gateway();
        ReferenceGateway serverless =
            ReferenceGateway.start(GatewayOptions.of(GatewaySurface.SERVERLESS))) {
      Cli cli =
          Cli.of(scratch, gateway)
              .with("TENSORMESH_USER_ID", NOBODY)
              .with("SERVERLESS_BASE", serverless.url().toString())
              .with("SERVERLESS_MODEL_NAME", serverless.model())
              .with("SERVERLESS_API_KEY", WRONG_KEY);
      Command.Ended run = cli.run();

      assertEquals(3, run.exit(), run.err());
      JsonNode causes = Json.read(cli.latest()).path("causes");
      assertEquals(List.of("user-id-not-routed", "key-invalid"), causes.findValuesAsText("cause"));
      assertEquals(List.of("on-demand", "serverless"), causes.findValuesAsText("target"));
      assertThat(run.out(), containsString(" failures on on-demand and "));
      assertThat(run.out(), containsString(" failures on serverless and "));
      assertThat(run.out(), containsString("it came from SERVERLESS_API_KEY"));
      assertEquals(
          Map.of(
              "on-demand", Set.of("cause-user-id-not-routed@on-demand"),
              "serverless", Set.of("cause-key-invalid@serverless")),
          explanations(cli.file("report.html")));
      Formats.agree(cli.latest(), run.out());
    }
  }
}
