package dev.meshcheck.reports.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.exchange.Frame;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.sse.ServerSentEvent;
import dev.meshcheck.reports.model.FrameReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A stream is told twice, as a body and as events, and neither gives away what the other hides. */
class BodyLimitTest {

  private static final String SECRET = "ak-meshcheck-4f7a1c9e2b6d";

  private final BodyLimit limit = new BodyLimit(new Redactor(List.of(SECRET)));

  /** The events of that body as they are told. */
  private List<String> told(String body, String... data) {
    List<Frame> frames =
        Stream.of(data)
            .map(text -> new Frame(new ServerSentEvent(Optional.empty(), text), 1))
            .toList();
    return limit.frames(frames, limit.body(body.getBytes(StandardCharsets.UTF_8))).stream()
        .map(FrameReport::data)
        .toList();
  }

  private static String chunk(String text) {
    return "{\"choices\":[{\"delta\":{\"content\":\"" + text + "\"}}]}";
  }

  @Test
  void eventsWithoutSecretsAreToldAsTheyCame() {
    String first = chunk("a");
    String body = ": ping\r\n\r\ndata:" + first + "\r\n\r\nevent: x\r\ndata: [DONE]\r\n\r\n";

    assertEquals(List.of(first, "[DONE]"), told(body, first, "[DONE]"));
  }

  @Test
  void aSecretThatIsSpreadOverEventsIsHiddenInBoth() {
    String[] chunks =
        SECRET.chars().mapToObj(c -> chunk(Character.toString(c))).toArray(String[]::new);
    String body = Stream.of(chunks).map(c -> "data: " + c + "\n\n").collect(Collectors.joining());

    List<String> told = told(body, chunks);
    assertTrue(told.stream().allMatch(text -> text.contains(Redactor.MASK)), told.toString());
    assertFalse(limit.body(body).text().contains(chunk("4")), limit.body(body).text());
  }

  @Test
  void whatNoLineOfTheBodySaysIsLookedThrough() {
    // Two lines of data are one text of two lines.
    List<String> told =
        told("data: {\"a\":\ndata: \"" + SECRET + "\"}\n\n", "{\"a\":\n\"" + SECRET + "\"}");
    assertEquals(List.of("{\"a\":\n\"" + Redactor.MASK + "\"}"), told);
    List<String> alone = told("data: something else\n\n", "key " + SECRET);
    assertEquals(List.of("key " + Redactor.MASK), alone);
  }

  @Test
  void whatStandsBehindTheEndOfALongBodyIsLookedThrough() {
    List<String> longOnes = IntStream.range(0, 40).mapToObj(i -> chunk("x".repeat(2_000))).toList();
    String secret = chunk(SECRET);
    String body =
        Stream.concat(longOnes.stream(), Stream.of(secret))
            .map(c -> "data: " + c + "\n\n")
            .collect(Collectors.joining());

    List<String> told =
        told(body, Stream.concat(longOnes.stream(), Stream.of(secret)).toArray(String[]::new));
    assertTrue(told.size() < 40, "the rest does not fit: " + told.size());
    assertFalse(told.toString().contains(SECRET.substring(0, 7)));
  }
}
