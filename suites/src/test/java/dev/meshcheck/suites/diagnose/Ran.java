package dev.meshcheck.suites.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.SettingsReader;
import dev.meshcheck.reports.cause.DiagnosisReport;
import dev.meshcheck.reports.console.ConsoleStyle;
import dev.meshcheck.reports.model.ExchangeReport;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.suites.run.Verify;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A run of {@code verify}, and what it left behind.
 *
 * @param files the texts of the report files, by their names
 */
record Ran(RunReport report, String console, Map<String, String> files) {

  List<String> reasons() {
    return report.results().stream()
        .flatMap(r -> r.reason().stream())
        .map(Object::toString)
        .distinct()
        .toList();
  }

  String curl() {
    return report.exchanges().values().stream().map(ExchangeReport::curl).findFirst().orElse("");
  }

  void saysEverywhere(String words) {
    assertTrue(console.contains(words), console);
    for (String name : List.of("report.json", "report.html", "summary.md", "junit.xml")) {
      String text = files.get(name).replace("&#39;", "'").replace("\\", "");
      assertTrue(text.contains(words), () -> name + " says nothing of: " + words + "\n" + text);
    }
  }

  /** A run of {@code verify} with the settings of that user. */
  static Ran of(Stage stage, String host) throws IOException {
    Path reports = Files.createTempDirectory(stage.home(), "reports");
    stage.flag(Setting.REPORTS, reports.toString());
    Settings settings = SettingsReader.read(stage.sources(host));
    StringWriter console = new StringWriter();
    RunReport report =
        new Verify(settings, Map.of(), new PrintWriter(console), ConsoleStyle.PLAIN).run();
    return new Ran(report, console.toString(), texts(reports));
  }

  private static Map<String, String> texts(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .collect(
              Collectors.toMap(
                  f -> f.getFileName().toString(), Ran::text, (one, other) -> one + other));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void assertPassed(Ran ran) {
    assertEquals(Optional.of(0), ran.report().run().exitCode(), ran::console);
    assertTrue(
        ran.report().results().stream().anyMatch(r -> r.outcome() == Outcome.PASSED), ran::console);
  }

  static void assertNowhere(String secret, Ran ran, DiagnosisReport diagnosis) {
    assertFalse(ran.console().contains(secret), ran::console);
    ran.files().forEach((name, text) -> assertFalse(text.contains(secret), name + ": " + text));
    assertFalse(diagnosis.json().contains(secret), diagnosis::json);
  }
}
