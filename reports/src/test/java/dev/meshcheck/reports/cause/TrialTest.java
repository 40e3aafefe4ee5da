package dev.meshcheck.reports.cause;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Answer.Ending;
import dev.meshcheck.fixtures.exchange.Headers;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Samples;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an exchange tells of its host. */
class TrialTest {

  private static final String CHAT = "{\"choices\":[{\"message\":{\"content\":\"é\"}}]}";

  private final Target target = Samples.target("serverless");

  private Trial trial(int status, String location, byte[] body) {
    Headers headers =
        new Headers(
            List.of(
                new Headers.Field("Content-Type", "application/json"),
                new Headers.Field("Location", location)));
    Answer answer = new Answer(status, headers, body, Ending.COMPLETE, List.of());
    return Trial.of(
        Samples.exchange("e1", target, Samples.chat(target), answer), new Redactor(List.of()));
  }

  private boolean isWrapped(String body, Charset charset) {
    return trial(200, "/", body.getBytes(charset)).has(Mark.WRAPPED);
  }

  @Test
  void jsonOfOtherBytesHasNothingAroundIt() {
    assertEquals(false, isWrapped(CHAT, StandardCharsets.ISO_8859_1));
    assertEquals(false, isWrapped("\n" + CHAT + "\n", StandardCharsets.ISO_8859_1));
    assertEquals(true, isWrapped("\uFEFF" + CHAT, StandardCharsets.UTF_8));
    assertEquals(true, isWrapped(")]}',\n" + CHAT, StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({"300, 1", "302, 1", "304, 0", "308, 1", "200, 0"})
  void whatIsNotModifiedSendsNobodyElsewhere(int status, int places) {
    assertEquals(places, trial(status, "/elsewhere", new byte[0]).location().stream().count());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<title>Web App - Unavailable</title><h1 id=a>Error 403 - It is stopped.</h1> | Web App - Unavailable: Error 403 - It is stopped.",
        "<title>502 Bad Gateway</title><h1>502 Bad Gateway</h1> | 502 Bad Gateway",
        "<title>Error</title><h2>Error 404</h2> | Error 404",
        "<title>403 Forbidden</title><h1>Forbidden</h1><h2>No such key.</h2> | 403 Forbidden: No such key.",
        "<title>Only this</title><h3>Not this</h3> | Only this"
      })
  void aPageSaysItsTitleAndTheHeadingThatSaysMore(String page, String said) {
    assertEquals(said, trial(403, "/", ("<html>" + page).getBytes(StandardCharsets.UTF_8)).said());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"tps\": NaN, \"choices\": []} | no JSON, Non-standard token 'NaN'",
        "{&quot;choices&quot;: []} | no JSON, Unexpected character",
        "{\"choices\": []} | ''"
      })
  void jsonThatNoStrictParserReadsSaysWhereItEnds(String body, String beginning) {
    String said = trial(200, "/", body.getBytes(StandardCharsets.UTF_8)).said();
    assertEquals(beginning, said.substring(0, Math.min(said.length(), beginning.length())));
  }
}
