package dev.meshcheck.suites.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import dev.meshcheck.suites.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lets run.test.mjs look at the pages of a real run in Chromium, where there is one. */
@Tag("long")
class InABrowserTest {

  private static final Path SCRIPTS = ProjectFiles.root().resolve("reports/src/test/browser");
  private static final Path ALLURE = ProjectFiles.root().resolve("reports/allure");

  @TempDir private Path scratch;

  @Test
  void theReportsOfAFailingRunWork() throws Exception {
    assumeTrue(
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .anyMatch(name -> Files.isExecutable(Path.of("/usr/bin", name))),
        "no Chromium here: apt-get install chromium");
    assumeTrue(
        Files.isDirectory(SCRIPTS.resolve("node_modules/puppeteer-core")),
        "no browser driver here: npm --prefix reports/src/test/browser ci");
    Path run = failingRun();
    Map<String, String> pages =
        Map.of(
            "REPORT", run.resolve("report.html").toString(),
            "FAILED", "chat-stream.ends-with-done",
            "ALLURE", allure(run));
    node(SCRIPTS, pages, "--test", "run.test.mjs");
  }

  /** Two targets, one with faults and one with a wrong key, and a run before. */
  private Path failingRun() {
    try (ReferenceGateway gateway = Cli.gateway();
        ReferenceGateway serverless =
            ReferenceGateway.start(GatewayOptions.of(GatewaySurface.SERVERLESS))) {
      Cli cli =
          Cli.of(scratch, gateway)
              .with("SERVERLESS_BASE", serverless.url().toString())
              .with("SERVERLESS_MODEL_NAME", serverless.model())
              .with("SERVERLESS_API_KEY", "ak-somebody-elses-key-0123456789")
              .with("MESHCHECK_BASELINE", "latest");
      gateway.misbehave(Cli.faults("models-id-twice", "chat-stream-done-missing"));
      assertEquals(1, cli.run("--select", "models.*,version.*").exit());
      gateway.misbehave(
          Cli.faults("chat-stream-done-missing", "version-number", "chat-stop-reason-wrong"));
      assertEquals(1, cli.run().exit());
      return cli.latest();
    }
  }

  /** The page that the documented command makes; empty where its packages are not installed. */
  private String allure(Path run) throws Exception {
    if (!Files.isDirectory(ALLURE.resolve("node_modules/allure"))) {
      return "";
    }
    node(ALLURE, Map.of(), "report.mjs", run.toString());
    return run.resolve("allure-report.html").toString();
  }

  private void node(Path directory, Map<String, String> environment, String... arguments)
      throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(Stream.of("node"), Stream.of(arguments)).toList());
    builder.environment().putAll(environment);
    Path log = scratch.resolve("log.txt");
    Process node =
        builder
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = node.waitFor(5, TimeUnit.MINUTES);
    if (!ended) {
      node.destroyForcibly();
    }
    assertEquals(0, ended ? node.exitValue() : -1, () -> read(log));
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "no log";
    }
  }
}
