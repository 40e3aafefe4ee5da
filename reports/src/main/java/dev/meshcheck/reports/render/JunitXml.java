package dev.meshcheck.reports.render;

import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TargetReport;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.text.Plain;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Renders junit.xml: a suite per route and target. What could not run for one cause is one error
 * with its number, and the rest of it skipped, as is what does not apply; a warning passes with its
 * text in system-out (and fails a strict run).
 */
public final class JunitXml {

  private final RunReport report;
  private final Story story;
  private final Unjudged unjudged;
  private final XMLStreamWriter xml;

  private JunitXml(RunReport report, XMLStreamWriter xml) {
    this.report = report;
    this.story = new Story(report);
    this.unjudged = new Unjudged(story);
    this.xml = xml;
  }

  /** The text of junit.xml. */
  public static String render(RunReport report) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      new JunitXml(report, xml).write();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("junit.xml cannot be written", e);
    }
    return text.toString();
  }

  private void write() throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    line(0);
    xml.writeStartElement("testsuites");
    attribute("name", "meshcheck");
    tally(report.results());
    attribute("time", seconds((double) report.run().durationMs()));
    for (List<CheckResult> suite : suites()) {
      writeSuite(suite);
    }
    if (report.results().isEmpty()) {
      writeAboutRun("run.has-results", "No check was judged: ", "no-results");
    } else if (story.interrupted()) {
      writeAboutRun("run.comes-to-its-end", "Not every check was judged: ", "interrupted");
    }
    writeStaleEntries();
    line(0);
    xml.writeEndElement();
    line(0);
    xml.writeEndDocument();
  }

  private List<List<CheckResult>> suites() {
    record Suite(Object route, String target) {}
    Map<Suite, List<CheckResult>> suites =
        report.results().stream()
            .collect(
                Collectors.groupingBy(
                    r -> new Suite(r.route(), r.target()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return List.copyOf(suites.values());
  }

  private void writeSuite(List<CheckResult> results) throws XMLStreamException {
    CheckResult first = results.get(0);
    line(1);
    xml.writeStartElement("testsuite");
    attribute("name", first.route() + " [" + first.target() + "]");
    tally(results);
    long expected = results.stream().filter(story.expectedFailures()::contains).count();
    // The schema of Jenkins has it on a suite, not on all of them.
    long spokenFor = of(results, Outcome.COULD_NOT_RUN) - errors(results);
    attribute("skipped", count(of(results, Outcome.INAPPLICABLE) + expected + spokenFor));
    attribute("time", seconds(results.stream().mapToDouble(CheckResult::durationMs).sum()));
    attribute("timestamp", report.run().startedAt().toString());
    writeProperties(first.target());
    for (CheckResult result : results) {
      writeCase(result);
    }
    line(1);
    xml.writeEndElement();
  }

  private void writeProperties(String targetName) throws XMLStreamException {
    Map<String, String> properties = new LinkedHashMap<>(About.of(report));
    properties.put("run.verdict", story.headline() + ", " + story.ending());
    for (TargetReport target : report.targets()) {
      if (target.name().equals(targetName)) {
        properties.put("target", Story.describe(target));
        target.environment().ifPresent(name -> properties.put("target.environment", name));
        target.serverVersion().ifPresent(v -> properties.put("target.serverVersion", v));
      }
    }
    line(2);
    xml.writeStartElement("properties");
    for (Map.Entry<String, String> property : properties.entrySet()) {
      line(3);
      xml.writeEmptyElement("property");
      attribute("name", property.getKey());
      attribute("value", property.getValue());
    }
    line(2);
    xml.writeEndElement();
  }

  private void writeCase(CheckResult result) throws XMLStreamException {
    line(2);
    xml.writeStartElement("testcase");
    attribute("classname", "meshcheck." + place(result.target()) + "." + result.route());
    attribute("name", Story.name(result) + " " + result.title());
    attribute("time", seconds(result.durationMs()));
    if (story.breaksContract(result)) {
      writeProblem("failure", result, result.message());
    } else if (story.expectedFailures().contains(result)) {
      line(3);
      xml.writeEmptyElement("skipped");
      attribute("message", story.whyExpected(result) + ": " + result.message());
    } else if (result.outcome() == Outcome.COULD_NOT_RUN) {
      writeUnjudged(result);
    } else if (result.outcome() == Outcome.INAPPLICABLE) {
      line(3);
      xml.writeEmptyElement("skipped");
      attribute("message", result.message());
    } else if (result.outcome() != Outcome.PASSED) {
      line(3);
      xml.writeStartElement("system-out");
      String word = result.outcome().toString() + ": ";
      characters(word + explained(result));
      xml.writeEndElement();
    }
    line(2);
    xml.writeEndElement();
  }

  /** Where one file after another is read, the same check of two environments is two things. */
  private String place(String target) {
    return report.targets().stream()
        .filter(t -> t.name().equals(target))
        .findFirst()
        .flatMap(Story::environment)
        .map(name -> name + "." + target)
        .orElse(target);
  }

  /** One error for each root, with the number of checks that it speaks for. */
  private void writeUnjudged(CheckResult result) throws XMLStreamException {
    Optional<List<CheckResult>> group = unjudged.spokenFor(result);
    if (group.isPresent()) {
      writeProblem("error", result, Unjudged.heading(group.get()));
    } else {
      line(3);
      xml.writeEmptyElement("skipped");
      attribute("message", Plain.line(unjudged.asSaidOf(result), 500));
    }
  }

  private void writeProblem(String element, CheckResult result, String message)
      throws XMLStreamException {
    line(3);
    xml.writeStartElement(element);
    attribute("message", Plain.line(message, 500));
    attribute("type", Story.reason(result));
    characters(Story.name(result) + " " + result.title() + "\n" + explained(result));
    xml.writeEndElement();
  }

  private String explained(CheckResult result) {
    List<String> lines = new ArrayList<>(Explanation.lines(report, List.of(result)));
    story
        .cause(result)
        .ifPresent(
            cause -> {
              lines.add("cause:    " + cause.title() + " (" + cause.cause() + ")");
              cause.next().forEach(step -> lines.add("          - " + Plain.text(step)));
            });
    return String.join("\n", lines);
  }

  /**
   * A file without test cases, or with half of them, counts as green in most CI systems, so that is
   * an error.
   */
  private void writeAboutRun(String name, String message, String type) throws XMLStreamException {
    line(1);
    xml.writeStartElement("testsuite");
    attribute("name", "meshcheck");
    attribute("tests", "1");
    attribute("failures", "0");
    attribute("errors", "1");
    attribute("skipped", "0");
    attribute("time", "0.000");
    line(2);
    xml.writeStartElement("testcase");
    attribute("classname", "meshcheck.run");
    attribute("name", name);
    attribute("time", "0.000");
    line(3);
    xml.writeEmptyElement("error");
    attribute("message", message + story.ending());
    attribute("type", type);
    line(2);
    xml.writeEndElement();
    line(1);
    xml.writeEndElement();
  }

  /** A list that is out of date fails the run, so a CI system has to see why. */
  private void writeStaleEntries() throws XMLStreamException {
    List<String> stale = story.staleEntries();
    if (stale.isEmpty()) {
      return;
    }
    line(1);
    xml.writeStartElement("testsuite");
    attribute("name", "known failures");
    attribute("tests", count(stale.size()));
    attribute("failures", count(stale.size()));
    attribute("errors", "0");
    attribute("skipped", "0");
    attribute("time", "0.000");
    for (String entry : stale) {
      line(2);
      xml.writeStartElement("testcase");
      attribute("classname", "meshcheck.known-failures");
      attribute("name", entry.substring(0, entry.indexOf(' ')) + " is still right");
      attribute("time", "0.000");
      line(3);
      xml.writeStartElement("failure");
      attribute("message", entry);
      attribute("type", "stale-known-failure");
      characters(entry);
      xml.writeEndElement();
      line(2);
      xml.writeEndElement();
    }
    line(1);
    xml.writeEndElement();
  }

  private void tally(List<CheckResult> results) throws XMLStreamException {
    boolean whole = results == report.results();
    int extra = whole && (results.isEmpty() || story.interrupted()) ? 1 : 0;
    long stale = whole ? story.staleEntries().size() : 0;
    attribute("tests", count(results.size() + extra + stale));
    attribute("failures", count(results.stream().filter(story::breaksContract).count() + stale));
    attribute("errors", count(errors(results) + extra));
  }

  private long errors(List<CheckResult> results) {
    return results.stream().filter(r -> unjudged.spokenFor(r).isPresent()).count();
  }

  private static long of(List<CheckResult> results, Outcome outcome) {
    return results.stream().filter(r -> r.outcome() == outcome).count();
  }

  private static String count(long number) {
    return String.valueOf(number);
  }

  private static String seconds(double ms) {
    return String.format(Locale.ROOT, "%.3f", ms / 1000);
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, Plain.text(value));
  }

  private void characters(String text) throws XMLStreamException {
    xml.writeCharacters(Plain.text(text));
  }

  private void line(int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
  }
}
