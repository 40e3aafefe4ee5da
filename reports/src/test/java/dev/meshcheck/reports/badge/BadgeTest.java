package dev.meshcheck.reports.badge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.outcome.Verdict;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A run in two words. */
class BadgeTest {

  private static final Target TARGET = Samples.target("serverless");

  private static Badge of(Verdict... verdicts) {
    RunReport report = Samples.run(false, List.of(verdicts));
    return Badge.of(report);
  }

  private static Badge failing() {
    return of(
        Samples.passed("chat.answers", TARGET),
        Samples.failed("chat.ids-differ", TARGET, Reason.WRONG_VALUE));
  }

  private static Badge unsure() {
    return of(
        Samples.verdict(
            "chat.answers", TARGET, Outcome.COULD_NOT_RUN, Optional.of(Reason.RATE_LIMITED)));
  }

  @Test
  void saysHowTheRunEnded() {
    assertEquals(
        new Badge(1, "meshcheck", "1 passed", "brightgreen", false),
        of(Samples.passed("chat.answers", TARGET)));
    assertEquals(new Badge(1, "meshcheck", "1 failed", "red", true), failing());
    assertEquals(new Badge(1, "meshcheck", "incomplete", "orange", false), unsure());
  }

  /** https://shields.io/badges/endpoint-badge: these three are required, others are refused. */
  @Test
  void theEndpointHasWhatShieldsKnows() throws IOException {
    JsonNode badge = new ObjectMapper().readTree(failing().json());
    Set<String> names = new TreeSet<>();
    badge.fieldNames().forEachRemaining(names::add);
    assertEquals(Set.of("schemaVersion", "label", "message", "color", "isError"), names);
    assertEquals(1, badge.get("schemaVersion").asInt());
    assertEquals("1 failed", badge.get("message").asText());
  }

  @Test
  void theImageIsAnImageThatSaysTheSame()
      throws IOException, ParserConfigurationException, SAXException {
    Document image =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(failing().svg())));
    Element svg = image.getDocumentElement();
    assertEquals("svg", svg.getTagName());
    assertEquals("meshcheck: 1 failed", svg.getAttribute("aria-label"));
    assertEquals("1 failed", svg.getElementsByTagName("text").item(1).getTextContent());
    assertEquals(0, svg.getElementsByTagName("script").getLength());
    int width = Integer.parseInt(svg.getAttribute("width"));
    assertTrue(width > 100 && width < 200, () -> "width " + width);
  }
}
