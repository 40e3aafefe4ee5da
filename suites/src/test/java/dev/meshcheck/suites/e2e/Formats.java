package dev.meshcheck.suites.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.ReportJson;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.render.Story;
import dev.meshcheck.reports.render.Unjudged;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What the files of one run say became of each check. */
final class Formats {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final Pattern HTML_RESULT =
      Pattern.compile(
          "<div class=\"r s-[a-z-]+\" data-o=\"([a-z-]+)\"[^>]* id=\"([^\"]+)@([^\"]+)\"");

  private static final Pattern HTML_COUNT =
      Pattern.compile("data-pick=\"([a-z-]+)\"><span class=\"mark\"[^>]*>.</span><b>(\\d+)</b>");

  private final Path run;
  private final RunReport report;
  private final Story story;
  private final Unjudged unjudged;

  private Formats(Path run) throws Exception {
    this.run = run;
    this.report = ReportJson.read(Files.readString(run.resolve("report.json")));
    this.story = new Story(report);
    this.unjudged = new Unjudged(story);
  }

  /** Fails unless every file of the run, and the console, tell the same. */
  static void agree(Path run, String console) throws Exception {
    Formats formats = new Formats(run);
    formats.onEveryResult();
    formats.onCounts(console);
  }

  private void onEveryResult() throws Exception {
    assertEquals(expected(Formats::htmlWord), html());
    assertEquals(expected(this::junitWord), junit());
    assertEquals(expected(this::allureWord), allure());
  }

  private void onCounts(String console) throws Exception {
    Map<Outcome, Long> counted =
        report.results().stream()
            .collect(Collectors.groupingBy(CheckResult::outcome, Collectors.counting()));
    assertEquals(counted.getOrDefault(Outcome.PASSED, 0L), report.summary().passed());
    assertEquals(counted.getOrDefault(Outcome.FAILED, 0L), report.summary().failed());
    assertEquals(counted.getOrDefault(Outcome.WARNED, 0L), report.summary().warned());
    assertEquals(counted.getOrDefault(Outcome.COULD_NOT_RUN, 0L), report.summary().couldNotRun());

    String counts = Story.counts(report.summary());
    String summary = Files.readString(run.resolve("summary.md"));
    assertThat(summary, containsString("## Meshcheck: " + story.headline() + "\n\n**" + counts));
    assertThat(console, containsString(story.headline() + "  " + counts));
    assertThat(console, containsString(story.ending()));

    Element root = root();
    assertEquals(String.valueOf(report.results().size()), root.getAttribute("tests"));
    assertEquals(String.valueOf(story.failures().size()), root.getAttribute("failures"));
    assertEquals(String.valueOf(unjudged.roots()), root.getAttribute("errors"));
    String page = Files.readString(run.resolve("report.html"));
    assertThat(page, containsString("</span>" + story.verdict() + "<small>"));
    Map<String, Long> shown =
        HTML_COUNT
            .matcher(page)
            .results()
            .filter(count -> !count.group(2).equals("0"))
            .collect(Collectors.toMap(c -> c.group(1), c -> Long.valueOf(c.group(2))));
    assertEquals(
        report.results().stream()
            .collect(Collectors.groupingBy(Formats::htmlWord, Collectors.counting())),
        shown);
  }

  private Map<String, String> expected(Function<CheckResult, String> word) {
    return report.results().stream()
        .collect(Collectors.toMap(Story::name, word, (a, b) -> a, TreeMap::new));
  }

  private static String htmlWord(CheckResult result) {
    return result.knownFailure() ? "known" : result.outcome().toString();
  }

  private String junitWord(CheckResult result) {
    if (story.breaksContract(result)) {
      return "failure";
    }
    return switch (result.outcome()) {
      case PASSED -> "";
      case RECORDED -> "system-out";
      case WARNED -> result.knownFailure() ? "skipped" : "system-out";
      case FAILED, INAPPLICABLE -> "skipped";
      case COULD_NOT_RUN -> unjudged.spokenFor(result).isPresent() ? "error" : "skipped";
    };
  }

  private String allureWord(CheckResult result) {
    if (story.breaksContract(result)) {
      return "failed";
    }
    return switch (result.outcome()) {
      case PASSED, RECORDED -> "passed";
      case WARNED -> result.knownFailure() ? "skipped" : "passed";
      case FAILED, INAPPLICABLE -> "skipped";
      case COULD_NOT_RUN -> "broken";
    };
  }

  private Map<String, String> html() throws Exception {
    return HTML_RESULT
        .matcher(Files.readString(run.resolve("report.html")))
        .results()
        .collect(
            Collectors.toMap(
                r -> r.group(2) + " [" + r.group(3) + "]",
                r -> r.group(1),
                (a, b) -> a,
                TreeMap::new));
  }

  private Element root() throws Exception {
    String text = Files.readString(run.resolve("junit.xml"));
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)))
        .getDocumentElement();
  }

  private Map<String, String> junit() throws Exception {
    Map<String, String> words = new TreeMap<>();
    NodeList cases = root().getElementsByTagName("testcase");
    for (int i = 0; i < cases.getLength(); i++) {
      Element one = (Element) cases.item(i);
      NodeList inside = one.getElementsByTagName("*");
      String name = one.getAttribute("name").replaceFirst("].*", "]");
      words.put(name, inside.getLength() == 0 ? "" : inside.item(0).getNodeName());
    }
    return words;
  }

  private Map<String, String> allure() throws Exception {
    Map<String, String> words = new TreeMap<>();
    try (Stream<Path> files = Files.list(run.resolve("allure-results"))) {
      List<Path> results = files.filter(f -> f.toString().endsWith("-result.json")).toList();
      for (Path file : results) {
        JsonNode result = MAPPER.readTree(file.toFile());
        words.put(result.path("fullName").asText(), result.path("status").asText());
      }
    }
    return words;
  }
}
