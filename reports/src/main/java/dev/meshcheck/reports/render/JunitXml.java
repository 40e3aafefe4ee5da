package dev.meshcheck.reports.render;

import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TargetReport;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Renders junit.xml: of a run a suite for each route and target, of a fleet one for each run. */
public final class JunitXml {

  private final RunReport report;
  private final JunitCounts counts;
  private final JunitCases cases;
  private final XmlLines xml;

  private JunitXml(RunReport report, XMLStreamWriter writer) {
    this.report = report;
    this.counts = new JunitCounts(report);
    this.xml = new XmlLines(writer);
    this.cases = new JunitCases(report, xml);
  }

  /**
   * A suite on its own, to be put among others.
   *
   * @param text the element
   * @param tally what it counts
   */
  public record Suite(String text, JunitTally tally) {}

  private interface Content {
    void write(XMLStreamWriter writer) throws XMLStreamException;
  }

  /** The text of junit.xml of a run. */
  public static String render(RunReport report) {
    JunitTally all = new JunitCounts(report).all();
    JunitTally timed =
        new JunitTally(
            all.tests(), all.failures(), all.errors(), all.skipped(), report.run().durationMs());
    return head(timed) + text(writer -> new JunitXml(report, writer).writeSuites()) + tail();
  }

  /** All of a run as one suite of that name. */
  public static Suite suite(String name, RunReport report) {
    JunitTally all = new JunitCounts(report).all();
    return new Suite(
        text(writer -> new JunitXml(report, writer).writeWhole(all.ofSuite(name))), all);
  }

  /** A suite of that name that says why nothing was judged. */
  public static Suite unjudged(String name, String why, String type) {
    JunitTally one = new JunitTally(1, 0, 1, 0, 0);
    return new Suite(
        text(
            writer -> {
              XmlLines xml = new XmlLines(writer);
              xml.start(1, "testsuite", one.ofSuite(name));
              JunitCases.broken(xml, "meshcheck." + name, "environment.was-judged", why, type);
              xml.end(1);
            }),
        one);
  }

  /** What stands before the suites of a file that counts so much. */
  public static String head(JunitTally all) {
    String empty =
        text(
            writer -> {
              writer.writeStartDocument("UTF-8", "1.0");
              XmlLines xml = new XmlLines(writer);
              xml.start(0, "testsuites", all.ofAll("meshcheck"));
              xml.end(0);
            });
    return empty.substring(0, empty.indexOf(tail().strip())).stripTrailing();
  }

  /** What stands behind them. */
  public static String tail() {
    return "\n</testsuites>\n";
  }

  private static String text(Content content) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      content.write(writer);
      writer.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("junit.xml cannot be written", e);
    }
    return text.toString();
  }

  private void writeSuites() throws XMLStreamException {
    for (List<CheckResult> suite : suites()) {
      String target = suite.get(0).target();
      xml.start(
          1,
          "testsuite",
          dated(counts.tally(suite).ofSuite(suite.get(0).route() + " [" + target + "]")));
      cases.writeProperties(
          report.targets().stream().filter(t -> t.name().equals(target)).toList());
      writeCases(suite);
      xml.end(1);
    }
    if (counts.tallyOfRun().tests() > 0) {
      xml.start(1, "testsuite", counts.tallyOfRun().ofSuite("meshcheck"));
      cases.writeAboutRun();
      xml.end(1);
    }
    if (counts.tallyOfList().tests() > 0) {
      xml.start(1, "testsuite", counts.tallyOfList().ofSuite("known failures"));
      cases.writeStaleEntries();
      xml.end(1);
    }
  }

  private void writeWhole(Map<String, String> attributes) throws XMLStreamException {
    xml.start(1, "testsuite", dated(attributes));
    List<TargetReport> targets = report.targets();
    cases.writeProperties(targets);
    writeCases(report.results());
    cases.writeAboutRun();
    cases.writeStaleEntries();
    xml.end(1);
  }

  private void writeCases(List<CheckResult> results) throws XMLStreamException {
    for (CheckResult result : results) {
      cases.write(result);
    }
  }

  private Map<String, String> dated(Map<String, String> attributes) {
    attributes.put("timestamp", report.run().startedAt().toString());
    return attributes;
  }

  private List<List<CheckResult>> suites() {
    record Place(Object route, String target) {}
    Map<Place, List<CheckResult>> suites =
        report.results().stream()
            .collect(
                Collectors.groupingBy(
                    r -> new Place(r.route(), r.target()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return List.copyOf(suites.values());
  }
}
