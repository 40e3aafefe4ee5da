package dev.meshcheck.reports.har;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Reason;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What HAR 1.2 asks of every entry, so that every viewer opens the file. */
class HarFileTest {

  private static final Target TARGET = Samples.target("on-demand");

  private final JsonNode log = read(run());

  private static RunReport run() {
    return Samples.run(
        false,
        List.of(
            Samples.failed(
                "chat.answers",
                TARGET,
                Reason.UNAUTHORIZED,
                Samples.exchange("e1", TARGET, Samples.chat(TARGET), Samples.json(401, "{}"))),
            Samples.failed(
                "models.answers",
                TARGET,
                Reason.CONNECTION_REFUSED,
                Samples.exchange(
                    "e2",
                    TARGET,
                    Samples.get(TARGET, "/v1/models?limit=2"),
                    new NoAnswer(NoAnswer.Kind.CONNECTION_REFUSED, "refused")))));
  }

  private static JsonNode read(RunReport report) {
    try {
      return new ObjectMapper().readTree(HarFile.render(report)).path("log");
    } catch (java.io.IOException e) {
      throw new AssertionError("no JSON", e);
    }
  }

  @Test
  void everyEntryHasWhatTheFormatRequires() {
    assertEquals("1.2", log.path("version").asText());
    assertTrue(log.at("/creator/name").isTextual() && log.at("/creator/version").isTextual());
    assertEquals(2, log.path("entries").size());
    for (JsonNode entry : log.path("entries")) {
      for (String field :
          List.of(
              "/startedDateTime",
              "/time",
              "/cache",
              "/request/method",
              "/request/url",
              "/request/httpVersion",
              "/request/cookies",
              "/request/headers",
              "/request/queryString",
              "/request/headersSize",
              "/request/bodySize",
              "/response/status",
              "/response/statusText",
              "/response/httpVersion",
              "/response/cookies",
              "/response/headers",
              "/response/content/size",
              "/response/content/mimeType",
              "/response/redirectURL",
              "/response/headersSize",
              "/response/bodySize",
              "/timings/send",
              "/timings/wait",
              "/timings/receive")) {
        assertTrue(entry.at(field).isValueNode() || entry.at(field).isContainerNode(), field);
      }
    }
  }

  @Test
  void phasesAddUpToTheTime() {
    for (JsonNode entry : log.path("entries")) {
      double sum =
          StreamSupport.stream(
                  List.of("dns", "connect", "send", "wait", "receive").spliterator(), false)
              .mapToDouble(phase -> Math.max(0, entry.path("timings").path(phase).asDouble()))
              .sum();
      assertEquals(entry.path("time").asDouble(), sum, 0.01);
    }
  }

  @Test
  void saysWhichChecksRestOnItAndWhyThereWasNoAnswer() {
    JsonNode refused = log.at("/entries/1");
    assertEquals("e1, chat.answers [on-demand] failed", log.at("/entries/0/comment").asText());
    assertEquals("limit", refused.at("/request/queryString/0/name").asText());
    assertEquals(0, refused.at("/response/status").asInt());
    assertEquals("connection-refused: refused", refused.at("/response/_error").asText());
    assertEquals("application/json", log.at("/entries/0/request/postData/mimeType").asText());
  }
}
