package dev.meshcheck.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.ReportJson;
import dev.meshcheck.reports.model.Summary;
import dev.meshcheck.reports.outcome.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class FormatsAgreeTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void onVerdictsAndCounts(boolean strict) throws IOException {
    Rendered run = Rendered.of(directory, strict, Samples.oneOfEach());

    assertEquals(run.report(), ReportJson.read(run.json()));
    assertEquals(new Summary(1, 1, 1, 1, 1, 1), run.report().summary());
    String counts = "1 passed, 1 failed, 1 warned, 1 could not run, 1 recorded, 1 inapplicable";
    assertTrue(run.summary().contains(counts), run.summary());
    assertTrue(
        run.console()
            .endsWith(
                "FAILED  "
                    + counts
                    + " · 3.0 s, 3 requests · reports in reports/latest · exit 1: the host breaks its contract\n"),
        run.console());
    assertTrue(run.summary().startsWith("## Meshcheck: FAILED\n"), run.summary());
    assertEquals(Optional.of(1), run.report().run().exitCode());

    Element root = run.xml().getDocumentElement();
    assertEquals("6", root.getAttribute("tests"));
    assertEquals(strict ? "2" : "1", root.getAttribute("failures"));
    assertEquals("1", root.getAttribute("errors"));
    assertEquals(1, root.getElementsByTagName("skipped").getLength());
    for (CheckResult result : run.report().results()) {
      assertEquals(element(result, strict), childOf(testCase(root, result)), result.check());
    }
    for (CheckResult result : run.report().results()) {
      String name = result.check() + "@" + result.target();
      assertTrue(
          run.html()
              .matches("(?s).*data-o=\"" + result.outcome() + "\"[^>]* id=\"" + name + "\".*"),
          name);
      assertEquals(status(result, strict), allure(run, result).path("status").asText(), name);
    }
    assertEquals(6, run.allure().keySet().stream().filter(n -> n.endsWith("-result.json")).count());
    for (Outcome outcome : Outcome.values()) {
      assertTrue(run.html().contains("data-pick=\"" + outcome + "\""), outcome.toString());
    }
    int suites = root.getElementsByTagName("testsuite").getLength();
    assertEquals(2, suites, "a suite per route and target");
  }

  @Test
  void onWhatWentWrongAndWhatToDo() {
    Rendered run = Rendered.of(directory, false, Samples.oneOfEach());

    for (String text : texts(run)) {
      assertTrue(text.contains("The message of chat.answers."), text);
      assertTrue(text.contains("status 200"), text);
      assertTrue(text.contains("something else"), text);
      assertTrue(text.contains("unauthorized"), text);
      assertTrue(text.contains("Check the explicit API key you passed"), text);
      assertTrue(text.contains("[managed].gateway_api_key"), text);
      assertTrue(text.contains("tm auth status --exit-status"), text);
      assertTrue(text.contains("Bearer $TENSORMESH_INFERENCE_API_KEY"), text);
      // The one that could not run.
      assertTrue(text.contains("rate-limited"), text);
      assertTrue(text.contains("Treat 429 as rate limiting"), text);
    }
  }

  @Test
  void onAnEmptyRun() throws IOException {
    Rendered run = Rendered.of(directory, false, List.of());

    assertEquals(run.report(), ReportJson.read(run.json()));
    assertEquals(Optional.of(3), run.report().run().exitCode());
    String meaning = "exit 3: incomplete: something could not run, or nothing was selected";
    assertTrue(run.console().contains("INCOMPLETE  0 passed, 0 failed"), run.console());
    assertTrue(run.console().contains(meaning), run.console());
    assertTrue(run.summary().contains(meaning), run.summary());
    Element root = run.xml().getDocumentElement();
    assertEquals("1", root.getAttribute("errors"), "an empty junit.xml would be green");
    assertTrue(run.junit().contains("No check was judged: " + meaning), run.junit());
  }

  /**
   * HTML puts commands into elements of their own and escapes differently, so it is read as text.
   */
  private static List<String> texts(Rendered run) {
    String html = run.html().replaceAll("<[^>]*>", "").replace("&#34;", "\"");
    return List.of(
        run.console(), run.json(), run.junit(), run.summary(), html, run.allure().toString());
  }

  private static JsonNode allure(Rendered run, CheckResult result) throws IOException {
    for (Map.Entry<String, String> file : run.allure().entrySet()) {
      JsonNode tree =
          file.getKey().endsWith("-result.json") ? JSON.readTree(file.getValue()) : JSON.nullNode();
      if (tree.path("fullName").asText().equals(result.check() + " [" + result.target() + "]")) {
        return tree;
      }
    }
    throw new AssertionError("Allure has no " + result.check());
  }

  private static String status(CheckResult result, boolean strict) {
    return switch (result.outcome()) {
      case PASSED, RECORDED -> "passed";
      case FAILED -> "failed";
      case WARNED -> strict ? "failed" : "passed";
      case INAPPLICABLE -> "skipped";
      case COULD_NOT_RUN -> "broken";
    };
  }

  private static String element(CheckResult result, boolean strict) {
    return switch (result.outcome()) {
      case PASSED -> "";
      case FAILED -> "failure";
      case WARNED -> strict ? "failure" : "system-out";
      case RECORDED -> "system-out";
      case INAPPLICABLE -> "skipped";
      case COULD_NOT_RUN -> "error";
    };
  }

  private static Element testCase(Element root, CheckResult result) {
    String name = result.check() + " [" + result.target() + "] " + result.title();
    NodeList cases = root.getElementsByTagName("testcase");
    for (int i = 0; i < cases.getLength(); i++) {
      if (((Element) cases.item(i)).getAttribute("name").equals(name)) {
        return (Element) cases.item(i);
      }
    }
    throw new AssertionError("no test case " + name);
  }

  private static String childOf(Element testCase) {
    NodeList children = testCase.getElementsByTagName("*");
    return children.getLength() == 0 ? "" : children.item(0).getNodeName();
  }
}
