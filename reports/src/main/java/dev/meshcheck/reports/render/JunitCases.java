package dev.meshcheck.reports.render;

import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TargetReport;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.text.Plain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/**
 * Writes the cases of junit.xml: what could not run for one cause is one error with its number, and
 * the rest of it skipped, as is what does not apply; a warning passes with its text in system-out
 * (and fails a strict run).
 */
final class JunitCases {

  private final RunReport report;
  private final Story story;
  private final Unjudged unjudged;
  private final XmlLines xml;

  JunitCases(RunReport report, XmlLines xml) {
    this.report = report;
    this.story = new Story(report);
    this.unjudged = new Unjudged(story);
    this.xml = xml;
  }

  /** The properties of a suite: the run, and those of its targets. */
  void writeProperties(List<TargetReport> targets) throws XMLStreamException {
    Map<String, String> properties = new LinkedHashMap<>(About.of(report));
    properties.put("run.verdict", story.headline() + ", " + story.ending());
    for (TargetReport target : targets) {
      String prefix = targets.size() == 1 ? "target" : "target." + target.name();
      properties.put(prefix, Story.describe(target));
      target.environment().ifPresent(name -> properties.put(prefix + ".environment", name));
      target.serverVersion().ifPresent(v -> properties.put(prefix + ".serverVersion", v));
    }
    xml.start(2, "properties", Map.of());
    for (Map.Entry<String, String> property : properties.entrySet()) {
      Map<String, String> attributes = new LinkedHashMap<>();
      attributes.put("name", property.getKey());
      attributes.put("value", property.getValue());
      xml.empty(3, "property", attributes);
    }
    xml.end(2);
  }

  void write(CheckResult result) throws XMLStreamException {
    begin(
        xml,
        "meshcheck." + place(result.target()) + "." + result.route(),
        Story.name(result) + " " + result.title(),
        result.durationMs());
    if (story.breaksContract(result)) {
      writeProblem("failure", result, result.message());
    } else if (story.expectedFailures().contains(result)) {
      skip(story.whyExpected(result) + ": " + result.message());
    } else if (result.outcome() == Outcome.COULD_NOT_RUN) {
      writeUnjudged(result);
    } else if (result.outcome() == Outcome.INAPPLICABLE) {
      skip(result.message());
    } else if (result.outcome() != Outcome.PASSED) {
      xml.text(3, "system-out", Map.of(), result.outcome() + ": " + explained(result));
    }
    xml.end(2);
  }

  /**
   * A file without test cases, or with half of them, counts as green in most CI systems, so that is
   * an error.
   */
  void writeAboutRun() throws XMLStreamException {
    if (report.results().isEmpty()) {
      broken(
          xml,
          "meshcheck.run",
          "run.has-results",
          "No check was judged: " + story.ending(),
          "no-results");
    } else if (story.interrupted()) {
      broken(
          xml,
          "meshcheck.run",
          "run.comes-to-its-end",
          "Not every check was judged: " + story.ending(),
          "interrupted");
    }
  }

  /** A case that is nothing but an error. */
  static void broken(XmlLines xml, String place, String name, String message, String type)
      throws XMLStreamException {
    begin(xml, place, name, 0);
    Map<String, String> error = new LinkedHashMap<>();
    error.put("message", message);
    error.put("type", type);
    xml.empty(3, "error", error);
    xml.end(2);
  }

  /** A list that is out of date fails the run, so a CI system has to see why. */
  void writeStaleEntries() throws XMLStreamException {
    for (String entry : story.staleEntries()) {
      String name = entry.substring(0, entry.indexOf(' ')) + " is still right";
      begin(xml, "meshcheck.known-failures", name, 0);
      Map<String, String> failure = new LinkedHashMap<>();
      failure.put("message", entry);
      failure.put("type", "stale-known-failure");
      xml.text(3, "failure", failure, entry);
      xml.end(2);
    }
  }

  private static void begin(XmlLines xml, String place, String name, double ms)
      throws XMLStreamException {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("classname", place);
    attributes.put("name", name);
    attributes.put("time", JunitTally.seconds(ms));
    xml.start(2, "testcase", attributes);
  }

  private void skip(String message) throws XMLStreamException {
    xml.empty(3, "skipped", Map.of("message", message));
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
      skip(Plain.line(unjudged.asSaidOf(result), 500));
    }
  }

  private void writeProblem(String element, CheckResult result, String message)
      throws XMLStreamException {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("message", Plain.line(message, 500));
    attributes.put("type", Story.reason(result));
    xml.text(
        3,
        element,
        attributes,
        Story.name(result) + " " + result.title() + "\n" + explained(result));
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
}
