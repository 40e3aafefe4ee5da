package dev.meshcheck.suites.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.gateway.GatewayCredentials;
import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.fixtures.gateway.wire.WireServer;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.SettingsReader;
import dev.meshcheck.fixtures.settings.Sources;
import dev.meshcheck.reports.cause.Causes;
import dev.meshcheck.reports.console.ConsoleStyle;
import dev.meshcheck.reports.model.CauseReport;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.ReportJson;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run in which one cause breaks many checks says so once, in every report. */
class ExplainedRunTest {

  private static final GatewayCredentials KNOWN = GatewayCredentials.REFERENCE;
  private static final String NOBODY = "123e4567-e89b-12d3-a456-426614174000";
  private static final String WRONG_KEY = "ak-0123456789abcdef0123";

  private final Map<Setting, String> flags = new EnumMap<>(Setting.class);
  private final StringWriter console = new StringWriter();
  private final Path home;

  ExplainedRunTest(@TempDir Path home) {
    this.home = home;
    flags.put(Setting.SURFACE, "on-demand");
    flags.put(Setting.USER_ID, KNOWN.userId());
    flags.put(Setting.MODEL, "meshcheck-reference-gpu-type-cpux1");
    flags.put(Setting.REPORTS, "reports");
  }

  private RunReport verify(URI host, String key) {
    flags.put(Setting.HOST, host.toString());
    Sources sources =
        new Sources(flags, Map.of(), Map.of("TENSORMESH_INFERENCE_API_KEY", key), home, home, home);
    PrintWriter out = new PrintWriter(console);
    RunReport report =
        new Verify(SettingsReader.read(sources), Map.of(), out, ConsoleStyle.PLAIN).run();
    out.flush();
    return report;
  }

  private RunReport verifyGateway(String key) {
    try (ReferenceGateway gateway =
        ReferenceGateway.start(GatewayOptions.of(GatewaySurface.ON_DEMAND))) {
      return verify(gateway.url(), key);
    }
  }

  private static List<CheckResult> broken(RunReport report) {
    return report.results().stream()
        .filter(r -> r.outcome() == Outcome.FAILED || r.outcome() == Outcome.COULD_NOT_RUN)
        .toList();
  }

  /** One cause explains every failure, and whatever could not run because of it. */
  private void isExplainedBy(String slug, RunReport report) {
    CauseReport first = report.causes().get(0);
    assertEquals(slug, first.cause(), () -> report.causes().toString());
    List<CheckResult> left = broken(report).stream().filter(r -> !first.explains(r)).toList();
    assertTrue(
        left.stream().noneMatch(r -> r.outcome() == Outcome.FAILED),
        () -> left.stream().map(CheckResult::message).toList().toString());
    assertTrue(first.explains().size() > 5, first.explains()::toString);
  }

  @Test
  void aWrongUserIdIsOneSentenceInEveryReport() throws Exception {
    flags.put(Setting.USER_ID, NOBODY);
    RunReport report = verifyGateway(KNOWN.inferenceKey());

    isExplainedBy("user-id-not-routed", report);
    long failures = broken(report).stream().filter(r -> r.outcome() == Outcome.FAILED).count();
    String sentence = "all " + failures + " failures";
    String title = "The host does not know this X-User-Id";
    String lines = console.toString();
    assertTrue(lines.contains("\nCauses\n  " + sentence), lines);
    assertTrue(lines.contains(": " + title + "\n"), lines);
    assertFalse(lines.contains("\nFailures\n"), lines);
    assertTrue(lines.contains("    ./run.sh explain user-id-not-routed\n"), lines);

    Path latest = newest(home.resolve("reports/runs"));
    String markdown = Files.readString(latest.resolve("summary.md"));
    assertTrue(markdown.contains("### Causes\n\n**" + sentence), markdown);
    assertFalse(markdown.contains("### Failures"), markdown);
    RunReport read = ReportJson.read(Files.readString(latest.resolve("report.json")));
    assertEquals(report.causes(), read.causes());
    assertTrue(Files.readString(latest.resolve("junit.xml")).contains("chat.answers"));
  }

  private static Path newest(Path runs) throws Exception {
    try (var all = Files.list(runs)) {
      return all.sorted().reduce((a, b) -> b).orElseThrow();
    }
  }

  @Test
  void aWrongKeyExplainsEveryRefusal() {
    isExplainedBy("key-invalid", verifyGateway(WRONG_KEY));
  }

  @Test
  void aModelThatNobodyServesExplainsEvery404() {
    flags.put(Setting.MODEL, "no/such-model");
    isExplainedBy("model-not-served", verifyGateway(KNOWN.inferenceKey()));
  }

  @Test
  void aModelIdOfTheControlPlaneIsNamed() {
    flags.put(Setting.MODEL, NOBODY);
    isExplainedBy("model-is-control-plane-id", verifyGateway(KNOWN.inferenceKey()));
  }

  @Test
  void aWebPageExplainsEverything() {
    String page = "<!doctype html><html><title>Console</title></html>";
    try (WireServer site = WireServer.start(0, call -> Reply.Whole.text(200, "text/html", page))) {
      isExplainedBy("host-is-web-page", verify(site.url(), KNOWN.inferenceKey()));
    }
  }

  @Test
  void causesNameChecksThatExist() {
    List<String> ids = Suites.catalogue().stream().map(e -> e.info().id()).toList();
    Causes.all().forEach(c -> assertTrue(ids.containsAll(c.checks()), c.slug()));
  }

  @Test
  void aHealthyHostHasNoCauses() {
    assertEquals(List.of(), verifyGateway(KNOWN.inferenceKey()).causes());
  }
}
