package dev.meshcheck.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Lets a script look at pages in Chromium, where there is one. */
public final class Browser {

  private static final Path SCRIPTS = Path.of("src/test/browser").toAbsolutePath();

  private Browser() {}

  /** Skips the test where there is no browser. */
  public static void needed() {
    assumeTrue(
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .anyMatch(name -> Files.isExecutable(Path.of("/usr/bin", name))),
        "no Chromium here: apt-get install chromium");
    assumeTrue(
        Files.isDirectory(SCRIPTS.resolve("node_modules/puppeteer-core")),
        "no browser driver here: npm --prefix reports/src/test/browser ci");
  }

  /**
   * Runs a script of tests, which must pass.
   *
   * @param pages by the variable that names each of them
   * @param log what it says
   */
  public static void run(String script, Map<String, Path> pages, Path log)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("node", "--test", script).directory(SCRIPTS.toFile());
    pages.forEach((variable, page) -> builder.environment().put(variable, page.toString()));
    Process node = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = node.waitFor(5, TimeUnit.MINUTES);
    if (!ended) {
      node.destroyForcibly();
    }
    assertEquals(0, ended ? node.exitValue() : -1, () -> read(log));
  }

  private static String read(Path log) {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "no log";
    }
  }
}
