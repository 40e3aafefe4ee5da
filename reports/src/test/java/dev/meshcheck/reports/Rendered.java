package dev.meshcheck.reports;

import dev.meshcheck.fixtures.settings.Readers;
import dev.meshcheck.fixtures.settings.ReportFormat;
import dev.meshcheck.reports.console.ConsoleReport;
import dev.meshcheck.reports.console.ConsoleStyle;
import dev.meshcheck.reports.console.Detail;
import dev.meshcheck.reports.console.Kept;
import dev.meshcheck.reports.files.ReportFiles;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Verdict;
import dev.meshcheck.reports.run.RunObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A run in every format. */
public record Rendered(
    RunReport report,
    String console,
    String json,
    String junit,
    String summary,
    String html,
    String har,
    Map<String, String> allure,
    String history) {

  /** Runs these verdicts into the directory. */
  public static Rendered of(Path reports, boolean strict, List<Verdict> verdicts) {
    return of(
        reports,
        ConsoleStyle.PLAIN.with(Detail.VERBOSE),
        (files, console) -> Samples.run(strict, verdicts, files, console));
  }

  /** Lets the function run with these observers. */
  public static Rendered of(
      Path reports, ConsoleStyle style, BiFunction<RunObserver, RunObserver, RunReport> run) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintWriter out = new PrintWriter(bytes, true, StandardCharsets.UTF_8);
    try {
      ReportFiles files =
          ReportFiles.open(
              reports,
              "20261123T201500Z-3f2a",
              Map.of(),
              Readers.OWNER,
              EnumSet.allOf(ReportFormat.class));
      RunReport report = run.apply(files, new ConsoleReport(out, style, Kept.in("reports/latest")));
      return new Rendered(
          report,
          bytes.toString(StandardCharsets.UTF_8),
          Files.readString(files.directory().resolve("report.json")),
          Files.readString(files.directory().resolve("junit.xml")),
          Files.readString(files.directory().resolve("summary.md")),
          Files.readString(files.directory().resolve("report.html")),
          Files.readString(files.directory().resolve("exchanges.har")),
          texts(files.directory().resolve("allure-results")),
          Files.readString(reports.resolve("history.jsonl")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> texts(Path directory) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return texts;
  }

  /** Everything that left the process. */
  public String everything() {
    return console + json + junit + summary + html + har + allure.values() + history;
  }

  /** junit.xml, parsed. */
  public Document xml() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(junit)));
    } catch (IOException | SAXException | ParserConfigurationException e) {
      throw new AssertionError("junit.xml is no XML: " + e.getMessage(), e);
    }
  }
}
