package dev.meshcheck.reports.allure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.ExchangeReport;
import dev.meshcheck.reports.model.Rerun;
import dev.meshcheck.reports.model.ResultName;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TargetReport;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.render.About;
import dev.meshcheck.reports.render.Explanation;
import dev.meshcheck.reports.render.Story;
import dev.meshcheck.reports.text.Plain;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Tells a run in the files that Allure reads, in its documented format: a library for it would
 * bring listeners that see what is not redacted yet. Steps are exchanges; the history id stays the
 * same from run to run.
 */
public final class AllureResults {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final RunReport report;
  private final Story story;

  private AllureResults(RunReport report) {
    this.report = report;
    this.story = new Story(report);
  }

  /** The files by name, as far as the run has come. */
  public static Map<String, String> files(RunReport report) {
    return new AllureResults(report).files();
  }

  private Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("environment.properties", environment());
    files.put("categories.json", categories());
    report.exchanges().forEach((id, e) -> files.put(attachment(id), ExchangeText.of(e)));
    for (CheckResult result : report.results()) {
      files.put(uuid("result", Story.name(result)) + "-result.json", json(result(result)));
    }
    return files;
  }

  private ObjectNode result(CheckResult result) {
    Instant start =
        report.exchangesOf(result).stream()
            .map(ExchangeReport::startedAt)
            .min(Instant::compareTo)
            .orElse(report.run().startedAt());
    ObjectNode node = JSON.createObjectNode();
    node.put("uuid", uuid("result", Story.name(result)).toString());
    node.put("historyId", stable(Story.name(result)));
    node.put("testCaseId", stable(result.check()));
    node.put("fullName", Story.name(result));
    node.put("name", Plain.line(Story.name(result) + " " + result.title(), 300));
    node.put("description", result.title());
    node.put("status", status(result));
    node.set("statusDetails", details(result));
    node.put("stage", "finished");
    node.put("start", start.toEpochMilli());
    node.put("stop", start.toEpochMilli() + Math.round(result.durationMs()));
    node.set("labels", labels(result));
    node.set("links", links(result));
    ArrayNode parameters = node.putArray("parameters");
    parameters.addObject().put("name", "target").put("value", result.target());
    ArrayNode steps = node.putArray("steps");
    result.exchanges().stream()
        .filter(report.exchanges()::containsKey)
        .forEach(id -> steps.add(step(id, report.exchanges().get(id))));
    return node;
  }

  private String status(CheckResult result) {
    if (story.breaksContract(result)) {
      return "failed";
    }
    if (result.knownFailure()) {
      return "skipped";
    }
    return switch (result.outcome()) {
      case PASSED, RECORDED, WARNED -> "passed";
      case COULD_NOT_RUN -> "broken";
      // Failed and yet no breach: the baseline failed there too.
      case FAILED, INAPPLICABLE -> "skipped";
    };
  }

  private ObjectNode details(CheckResult result) {
    ObjectNode details = JSON.createObjectNode();
    details.put("known", result.knownFailure());
    details.put("flaky", result.rerun().stream().anyMatch(Rerun::flaky));
    if (result.outcome() != Outcome.PASSED) {
      String word = result.outcome() == Outcome.FAILED ? "" : result.outcome() + ": ";
      details.put("message", word + Plain.text(result.message()));
      details.put("trace", String.join("\n", Explanation.lines(report, List.of(result))));
    }
    return details;
  }

  private ArrayNode labels(CheckResult result) {
    ArrayNode labels = JSON.createArrayNode();
    label(labels, "parentSuite", result.target());
    label(labels, "suite", result.route().toString());
    label(labels, "epic", result.surface());
    label(labels, "feature", result.route().toString());
    label(labels, "severity", severity(result));
    label(labels, "tag", result.level().toString());
    label(labels, "tag", result.outcome().toString());
    result.reason().ifPresent(reason -> label(labels, "tag", reason.toString()));
    label(labels, "framework", "meshcheck");
    return labels;
  }

  private static String severity(CheckResult result) {
    return switch (result.level()) {
      case MUST -> "critical";
      case SHOULD -> "normal";
      case INFO -> "trivial";
    };
  }

  private static void label(ArrayNode labels, String name, String value) {
    labels.addObject().put("name", name).put("value", value);
  }

  private ArrayNode links(CheckResult result) {
    ArrayNode links = JSON.createArrayNode();
    link(links, "link", "the rule", result.source().toString());
    result
        .guidance()
        .forEach(g -> g.source().ifPresent(s -> link(links, "link", g.title(), s.toString())));
    report
        .knownFailures()
        .flatMap(known -> known.entry(ResultName.of(result)))
        .flatMap(entry -> entry.issue())
        .ifPresent(issue -> link(links, "issue", "known failure", issue.toString()));
    return links;
  }

  private static void link(ArrayNode links, String type, String name, String url) {
    links.addObject().put("type", type).put("name", name).put("url", url);
  }

  private ObjectNode step(String id, ExchangeReport exchange) {
    ObjectNode step = JSON.createObjectNode();
    step.put("name", Plain.line(id + ": " + ExchangeText.line(exchange), 300));
    step.put("status", exchange.response().isPresent() ? "passed" : "broken");
    step.put("stage", "finished");
    step.put("start", exchange.startedAt().toEpochMilli());
    step.put("stop", exchange.startedAt().toEpochMilli() + Math.round(exchange.timings().total()));
    step.putArray("attachments")
        .addObject()
        .put("name", "request and response")
        .put("source", attachment(id))
        .put("type", "text/plain");
    return step;
  }

  private String environment() {
    StringBuilder text = new StringBuilder();
    About.chosen(report).forEach((name, value) -> property(text, name, value));
    for (TargetReport target : report.targets()) {
      property(text, target.name(), target.host());
      Optional<String> version = target.serverVersion();
      version.ifPresent(v -> property(text, target.name() + ".version", v));
    }
    return text.toString();
  }

  private static void property(StringBuilder text, String name, String value) {
    String line = Plain.line(value, 300).replace("\\", "\\\\");
    text.append(name.replaceAll("[^A-Za-z0-9_.-]", "_")).append(" = ").append(line).append('\n');
  }

  private static String categories() {
    ArrayNode categories = JSON.createArrayNode();
    category(categories, "The contract is broken", "failed");
    category(categories, "Could not run", "broken");
    category(categories, "Known, or not offered", "skipped");
    return json(categories);
  }

  private static void category(ArrayNode categories, String name, String status) {
    categories.addObject().put("name", name).putArray("matchedStatuses").add(status);
  }

  private String attachment(String id) {
    return uuid("exchange", id) + "-attachment.txt";
  }

  /** The same in every report of this run, so that a later one replaces an earlier one. */
  private UUID uuid(String kind, String name) {
    return UUID.nameUUIDFromBytes(
        (report.run().id() + '\n' + kind + '\n' + name).getBytes(StandardCharsets.UTF_8));
  }

  /** The same in every run. */
  private static String stable(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "");
  }

  private static String json(Object tree) {
    try {
      return JSON.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a result cannot be written for Allure", e);
    }
  }
}
