package dev.meshcheck.suites.hostile;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.meshcheck.reports.model.ReportJson;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** What a run leaves, whatever the host did: whole files, a harmless console, no secret. */
final class Whole {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(ReportJson.schema());

  /** The host breaks its contract, or nothing can be said of it. */
  private static final Set<Integer> JUDGED = Set.of(1, 3);

  /** As well: nobody was reached, as far as a diagnosis can tell. */
  private static final Set<Integer> DIAGNOSED = Set.of(1, 3, 4);

  private Whole() {}

  /** Fails unless the run is as it should be; the reasons that it gave. */
  static Set<String> verified(Path directory, Behaviour behaviour, int exit) throws Exception {
    assertThat("exit code", exit, in(JUDGED));
    mustBeHarmless(directory);
    Path run = directory.resolve("reports/latest").toRealPath();
    String json = Files.readString(run.resolve("report.json"));
    assertEquals(List.of(), SCHEMA.validate(json, InputFormat.JSON));
    JsonNode report = JSON.readTree(json);
    assertTrue(report.at("/run/complete").asBoolean(), "complete");
    assertEquals(exit, report.at("/run/exitCode").asInt());
    Set<String> reasons = new TreeSet<>();
    report.at("/results").forEach(result -> reasons.add(result.path("reason").asText("")));
    assertThat(reasons, not(is(in(List.of(Set.of())))));
    assertTrue(!reasons.contains("meshcheck-error"), () -> "a check broke: " + broken(report));
    boolean expected =
        behaviour.reasons().isEmpty()
            || behaviour.reasons().contains("*")
            || behaviour.reasons().stream().anyMatch(reasons::contains);
    assertTrue(expected, () -> "expected one of " + behaviour.reasons() + ", got " + reasons);
    mustBeIntact(run, report.at("/results").size());
    return reasons;
  }

  /** Fails unless the diagnosis is as it should be. */
  static void diagnosed(Path directory, int exit) throws IOException {
    assertThat("exit code", exit, in(DIAGNOSED));
    mustBeHarmless(directory);
    assertThat(Files.readString(directory.resolve("out")), not(containsString("Meshcheck broke")));
  }

  private static String broken(JsonNode report) {
    for (JsonNode result : report.at("/results")) {
      if (result.path("reason").asText().equals("meshcheck-error")) {
        return result.path("check").asText() + ": " + result.path("message").asText();
      }
    }
    return "";
  }

  private static void mustBeHarmless(Path directory) throws IOException {
    assertEquals("", Files.readString(directory.resolve("err")));
    String console = Files.readString(directory.resolve("out"));
    console
        .codePoints()
        .filter(c -> c != '\n' && (Character.isISOControl(c) || aims(c)))
        .findFirst()
        .ifPresent(c -> assertEquals("", "U+%04X on the console".formatted(c)));
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(file.toString(), Files.readString(file), not(containsString(HostileRuns.KEY)));
      }
    }
  }

  /** Characters that end a line, turn it round, or are none. */
  private static boolean aims(int c) {
    return c == 0x2028
        || c == 0x2029
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069)
        || (c >= 0xD800 && c <= 0xDFFF);
  }

  private static void mustBeIntact(Path run, int results) throws Exception {
    Document junit = junit(Files.readString(run.resolve("junit.xml")));
    assertEquals(results, junit.getElementsByTagName("testcase").getLength(), "test cases");
    String html = Files.readString(run.resolve("report.html"));
    assertThat(html, not(containsString("<script>alert")));
    assertThat(html, not(containsString("<img src=x")));
    assertEquals(count(html, "<script"), count(html, "</script"), "ends of scripts");
    assertTrue(html.stripTrailing().endsWith("</html>"), "the page ends");
    mustHaveWholeTables(Files.readString(run.resolve("summary.md")));
  }

  private static Document junit(String xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
  }

  private static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }

  /** Every row of a table has as many cells as the row above it. */
  private static void mustHaveWholeTables(String markdown) {
    int columns = 0;
    for (String line : markdown.lines().toList()) {
      int cells = line.startsWith("|") ? cells(line) : 0;
      assertTrue(cells == 0 || columns == 0 || cells == columns, () -> "a broken row: " + line);
      columns = cells;
    }
  }

  private static int cells(String row) {
    return (int) Arrays.stream(row.split("(?<!\\\\)\\|", -1)).count();
  }
}
