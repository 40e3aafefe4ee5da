package dev.meshcheck.reports.fleet;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.settings.Readers;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.render.JunitXml;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class FleetFilesTest {

  @TempDir Path reports;

  @Test
  void junitHasASuiteForEachEnvironmentByTheRulesOfARun() throws Exception {
    Nights.five(reports, 0);
    Nights.five(reports, 1);
    String xml = Files.readString(reports.resolve("latest-night/junit.xml"));

    assertDoesNotThrow(
        () ->
            SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(JunitXml.class.getResource("junit.xsd"))
                .newValidator()
                .validate(new StreamSource(new StringReader(xml))),
        xml);
    NodeList suites = suites(xml);
    assertEquals(
        List.of(
            "broken 4 1 0 1", "dead 1 0 1 0", "good 3 0 0 1", "locked 2 1 1 0", "unset 1 0 1 0"),
        Stream.iterate(0, i -> i + 1)
            .limit(suites.getLength())
            .map(i -> (Element) suites.item(i))
            .map(FleetFilesTest::counts)
            .toList());
    Element root = (Element) suites.item(0).getParentNode();
    assertEquals("11", root.getAttribute("tests"));
    assertEquals("2", root.getAttribute("failures"));
    assertEquals("3", root.getAttribute("errors"));
    assertTrue(xml.contains("message=\"TENSORMESH_KEY is not set\" type=\"not-judged\""), xml);
    assertTrue(xml.contains("classname=\"meshcheck.broken.serverless.chat\""), xml);
    try (Stream<Path> left = Files.list(reports.resolve("latest-night"))) {
      assertEquals(
          List.of("fleet.json", "index.html", "junit.xml", "metrics.prom", "summary.md"),
          left.map(p -> p.getFileName().toString()).sorted().toList());
    }
  }

  private static NodeList suites(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)))
        .getElementsByTagName("testsuite");
  }

  private static String counts(Element suite) {
    return Stream.of("name", "tests", "failures", "errors", "skipped")
        .map(suite::getAttribute)
        .reduce((one, other) -> one + " " + other)
        .orElseThrow();
  }

  @Test
  void theSummaryHasTheWorstFirstAndIsAppendedToThePageOfTheJob() throws IOException {
    Path page = reports.resolve("step.md");
    List<Environment> fleet = List.of(Nights.environment("a"), Nights.environment("b"));
    NightLog log =
        NightLog.open(
            reports,
            Nights.night(0),
            fleet,
            Readers.OWNER,
            Map.of("GITHUB_STEP_SUMMARY", page.toString()));
    log.ended(fleet.get(0), Nights.run("a", "r", Nights.good(40)));
    log.ended(fleet.get(1), Nights.run("b", "r", Nights.failing()));
    log.finish(Nights.at(0), true, ExitCode.BROKEN_CONTRACT);
    String summary = Files.readString(reports.resolve("latest-night/summary.md"));

    assertEquals(summary + "\n", Files.readString(page));
    assertTrue(summary.startsWith("## Meshcheck: 1 of 2 environments failed\n\n"), summary);
    assertTrue(
        summary.contains("**1 failed, 1 passed** · exit 1: the host breaks its contract\n"),
        summary);
    assertTrue(
        summary.indexOf("| b | FAILED | The message of chat.usage-adds-up.")
            < summary.indexOf("| a | PASSED |"),
        summary);
  }

  @Test
  void theSummaryStaysSmallAndSaysWhatIsLeftOut() throws IOException {
    FleetReport some = Nights.many(reports, 300, 0);
    List<EnvironmentReport> all =
        Stream.generate(some::environments).limit(5).flatMap(List::stream).toList();
    String summary =
        FleetSummary.render(new FleetReport(some.schemaVersion(), some.tool(), some.night(), all));

    assertTrue(summary.getBytes(StandardCharsets.UTF_8).length < 60_000);
    assertTrue(summary.contains("| The host does not accept this key | ap-south-002"), summary);
    assertTrue(summary.contains(" and 82 more | "), summary);
    assertTrue(summary.matches("(?s).*… and \\d+ more: see fleet.json\\n.*"), summary);
    assertFalse(summary.contains("night did not come to its end"));
  }
}
