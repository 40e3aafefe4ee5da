package dev.meshcheck.reports.matrix;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Browser;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.outcome.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts side by side, as a page and as Markdown. */
class HostMatrixTest {

  private static final String HOSTILE = "</td><script>pwned=1</script> | `x` @someone";

  @TempDir Path directory;

  private static RunReport good(String surface) {
    Target target = Samples.target(surface);
    List<Verdict> verdicts = new ArrayList<>();
    Stream.of("chat.answers", "completions.answers", "chat-stream.is-well-formed")
        .forEach(id -> verdicts.add(Samples.passed(id, target)));
    verdicts.add(Samples.passed("chat-stream.has-text", target));
    verdicts.add(
        Samples.verdict(
            "chat.reasoning", target, Outcome.INAPPLICABLE, Optional.of(Reason.NOT_OFFERED)));
    return Samples.run(false, verdicts);
  }

  private static RunReport bad() {
    Target target = Samples.target("on-demand");
    return Samples.run(
        false,
        List.of(
            Samples.passed("chat.answers", target),
            Samples.passed("chat-stream.is-well-formed", target),
            Samples.saying("chat-stream.has-text", target, HOSTILE),
            Samples.verdict(
                "json.object-is-taken",
                target,
                Outcome.COULD_NOT_RUN,
                Optional.of(Reason.RATE_LIMITED)),
            Samples.verdict(
                "json.object-is-an-object",
                target,
                Outcome.COULD_NOT_RUN,
                Optional.of(Reason.RATE_LIMITED))));
  }

  private static HostMatrix both() {
    return HostMatrix.of(List.of(good("serverless"), bad(), good("serverless")));
  }

  private static List<String> lines(String begin) {
    return both().markdown().lines().filter(line -> line.startsWith("| " + begin)).toList();
  }

  @Test
  void aRunThatIsNamedTwiceIsThereOnce() {
    assertEquals("2 targets side by side", both().headline());
  }

  @Test
  void eachHostHasAColumnWithWhatTellsItFromOthers() {
    assertThat(
        lines("what it can do").get(0),
        containsString("serverless.example<br>serverless<br>org/model<br>23 Nov 2026"));
  }

  @Test
  void aCellSaysWhatTheChecksSay() {
    assertEquals(List.of("| Streaming of chat | ✓ yes | ✗ broken |"), lines("Streaming of chat"));
    assertEquals(List.of("| JSON mode |  | ? not judged |"), lines("JSON mode"));
    assertEquals(List.of("| Reasoning told apart | – no |  |"), lines("Reasoning"));
    assertEquals(List.of("| POST /v1/completions | ✓ yes |  |"), lines("POST /v1/completions"));
    assertEquals(List.of(), lines("Echo"));
  }

  @Test
  void whatIsBrokenSaysWhy() {
    String markdown = both().markdown();
    assertThat(markdown, containsString("### Broken: on-demand.example, "));
    assertThat(
        markdown,
        containsString(
            "- Streaming of chat: &lt;/td&gt;&lt;script&gt;pwned=1&lt;/script&gt; &#124; \\`x\\`"
                + " &#64;someone (chat-stream.has-text)"));
  }

  @Test
  void nothingFromOutsideBecomesMarkup() {
    String html = both().html();
    assertThat(html, not(containsString("<script>pwned")));
    assertThat(html, containsString("&lt;script&gt;pwned=1&lt;/script&gt;"));
  }

  @Test
  void aCellThatIsNotYesLeadsToWhy() {
    String html = both().html();
    assertThat(html, containsString("href=\"#why-1-streaming\""));
    assertThat(html, containsString("id=\"why-1-streaming\""));
    assertThat(html, not(containsString("#why-0-streaming\"")));
  }

  @Test
  void thePageWorksInARealBrowser() throws IOException, InterruptedException {
    Browser.needed();
    Path page = Files.writeString(directory.resolve("matrix.html"), both().html());
    List<RunReport> many = new ArrayList<>(List.of(bad()));
    Stream.of("serverless", "on-demand", "openai-compatible")
        .map(HostMatrixTest::good)
        .forEach(many::add);
    Path wide = Files.writeString(directory.resolve("wide.html"), HostMatrix.of(many).html());
    Browser.run(
        "hosts.test.mjs", Map.of("HOSTS", page, "WIDE", wide), directory.resolve("log.txt"));
  }
}
