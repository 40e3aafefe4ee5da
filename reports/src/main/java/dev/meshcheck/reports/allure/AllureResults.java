package dev.meshcheck.reports.allure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
import io.qameta.allure.model.Attachment;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Link;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Stage;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Tells a run in Allure's own model. Nothing of Allure listens in: it is given what is redacted.
 * Steps are exchanges; the history id stays the same from run to run.
 */
public final class AllureResults {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final RunReport report;
  private final Story story;

  /** What is known of that run by now. */
  public AllureResults(RunReport report) {
    this.report = report;
    this.story = new Story(report);
  }

  /** The files beside the results by name: attachments, the environment, the categories. */
  public Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("environment.properties", environment());
    files.put("categories.json", categories());
    report.exchanges().forEach((id, e) -> files.put(attachment(id), ExchangeText.of(e)));
    return files;
  }

  /** The results, in the order of the run. */
  public List<TestResult> results() {
    return report.results().stream().map(this::result).toList();
  }

  private TestResult result(CheckResult result) {
    Instant start =
        report.exchangesOf(result).stream()
            .map(ExchangeReport::startedAt)
            .min(Instant::compareTo)
            .orElse(report.run().startedAt());
    return new TestResult()
        .setUuid(uuid("result", Story.name(result)).toString())
        .setHistoryId(stable(Story.name(result)))
        .setTestCaseId(stable(result.check()))
        .setFullName(Story.name(result))
        .setName(Plain.line(Story.name(result) + " " + result.title(), 300))
        .setDescription(result.title())
        .setStatus(status(result))
        .setStatusDetails(details(result))
        .setStage(Stage.FINISHED)
        .setStart(start.toEpochMilli())
        .setStop(start.toEpochMilli() + Math.round(result.durationMs()))
        .setLabels(labels(result))
        .setLinks(links(result))
        .setParameters(List.of(new Parameter().setName("target").setValue(result.target())))
        .setSteps(
            result.exchanges().stream()
                .filter(report.exchanges()::containsKey)
                .map(id -> step(id, report.exchanges().get(id)))
                .toList());
  }

  private Status status(CheckResult result) {
    if (story.breaksContract(result)) {
      return Status.FAILED;
    }
    if (result.knownFailure()) {
      return Status.SKIPPED;
    }
    return switch (result.outcome()) {
      case PASSED, RECORDED, WARNED -> Status.PASSED;
      case COULD_NOT_RUN -> Status.BROKEN;
      // Failed and yet no breach: the baseline failed there too.
      case FAILED, INAPPLICABLE -> Status.SKIPPED;
    };
  }

  private StatusDetails details(CheckResult result) {
    StatusDetails details =
        new StatusDetails()
            .setKnown(result.knownFailure())
            .setFlaky(result.rerun().stream().anyMatch(Rerun::flaky));
    if (result.outcome() != Outcome.PASSED) {
      String word = result.outcome() == Outcome.FAILED ? "" : result.outcome() + ": ";
      details.setMessage(word + Plain.text(result.message()));
      details.setTrace(String.join("\n", Explanation.lines(report, List.of(result))));
    }
    return details;
  }

  private static List<Label> labels(CheckResult result) {
    List<Label> labels = new ArrayList<>();
    labels.add(label("parentSuite", result.target()));
    labels.add(label("suite", result.route().toString()));
    labels.add(label("epic", result.surface()));
    labels.add(label("feature", result.route().toString()));
    labels.add(label("severity", severity(result)));
    labels.add(label("tag", result.level().toString()));
    labels.add(label("tag", result.outcome().toString()));
    result.reason().ifPresent(reason -> labels.add(label("tag", reason.toString())));
    labels.add(label("framework", "meshcheck"));
    return labels;
  }

  private static String severity(CheckResult result) {
    return switch (result.level()) {
      case MUST -> "critical";
      case SHOULD -> "normal";
      case INFO -> "trivial";
    };
  }

  private static Label label(String name, String value) {
    return new Label().setName(name).setValue(value);
  }

  private List<Link> links(CheckResult result) {
    List<Link> links = new ArrayList<>();
    links.add(link("link", "the rule", result.source().toString()));
    result
        .guidance()
        .forEach(g -> g.source().ifPresent(s -> links.add(link("link", g.title(), s.toString()))));
    report
        .knownFailures()
        .flatMap(known -> known.entry(ResultName.of(result)))
        .flatMap(entry -> entry.issue())
        .ifPresent(issue -> links.add(link("issue", "known failure", issue.toString())));
    return links;
  }

  private static Link link(String type, String name, String url) {
    return new Link().setType(type).setName(name).setUrl(url);
  }

  private StepResult step(String id, ExchangeReport exchange) {
    long start = exchange.startedAt().toEpochMilli();
    return new StepResult()
        .setName(Plain.line(id + ": " + ExchangeText.line(exchange), 300))
        .setStatus(exchange.response().isPresent() ? Status.PASSED : Status.BROKEN)
        .setStage(Stage.FINISHED)
        .setStart(start)
        .setStop(start + Math.round(exchange.timings().total()))
        .setAttachments(
            List.of(
                new Attachment()
                    .setName("request and response")
                    .setSource(attachment(id))
                    .setType("text/plain")));
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
