package dev.meshcheck.reports.guidance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Headers;
import dev.meshcheck.reports.Samples;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a piece of guidance asks for, and how much that is. */
class ConditionTest {

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .addModule(new Jdk8Module())
          .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
          .build();

  private static Condition condition(String fields) throws IOException {
    String nothing =
        """
        surfaces: []
        routes: []
        outcomes: []
        reasons: []
        status: []
        body: []
        noAnswer: []
        all: []
        none: []
        """;
    ObjectNode all = (ObjectNode) YAML.readTree(nothing);
    all.setAll((ObjectNode) YAML.readTree("{" + fields + "}"));
    return YAML.treeToValue(all, Condition.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; 0",
        "all: [user-id-sent]; 2",
        "all: [user-id-sent, model-is-uuid]; 4",
        "none: [user-id-sent]; 1",
        "all: [user-id-sent], none: [model-is-uuid]; 3",
        "routes: [chat]; 2",
        "surfaces: [on-demand]; 1",
        "body: [html]; 2",
        "noAnswer: [timeout]; 2",
        "reasons: [timeout]; 1",
        "outcomes: [failed]; 0",
        "status: ['401']; 2",
        "status: ['401', '403']; 2",
        "status: ['5xx']; 1",
        "status: ['401', '5xx']; 1",
        "routes: [chat], surfaces: [on-demand], body: [html], reasons: [timeout], status: ['401']; 8"
      })
  void theMoreItAsksForTheMoreSpecificItIs(String fields, int score) throws IOException {
    assertEquals(score, condition(fields).specificity());
  }

  @Test
  void aStatusIsOneOrAHundred() {
    assertEquals(new StatusRange(401, 401), StatusRange.parse("401"));
    assertEquals(new StatusRange(500, 599), StatusRange.parse("5xx"));
    assertEquals(new StatusRange(100, 199), StatusRange.parse("1xx"));
    assertTrue(StatusRange.parse("401").exact());
    assertFalse(StatusRange.parse("4xx").exact());
    assertTrue(StatusRange.parse("4xx").holds(400));
    assertTrue(StatusRange.parse("4xx").holds(499));
    assertFalse(StatusRange.parse("4xx").holds(399));
    assertFalse(StatusRange.parse("4xx").holds(500));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "40", "4x", "600", "6xx", "40x", "1000"})
  void anythingElseIsNoStatus(String text) {
    assertEquals(
        "a status is three digits or one and xx, not " + text,
        assertThrows(IllegalArgumentException.class, () -> StatusRange.parse(text)).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "application/json; ''; EMPTY",
        "application/json; ' '; EMPTY",
        "text/plain; ' {\"a\":1}'; JSON",
        "text/plain; '[1]'; JSON",
        "application/json; '{oops'; TEXT",
        "application/json; 'hello'; TEXT",
        "application/json; ' <!DOCTYPE html><p>'; HTML",
        "text/plain; '<HTML>'; HTML",
        "text/html; '<p>hi</p>'; HTML",
        "text/html; 'hi'; TEXT",
        "text/plain; '<p>hi</p>'; TEXT",
        "text/event-stream; ': ping'; STREAM"
      })
  void aBodyHasAShapeWhateverItsTypeSays(String type, String body, BodyShape shape) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Headers headers = Headers.NONE.with("Content-Type", type);
    assertEquals(shape, shape(headers, bytes));
  }

  @Test
  void itsBytesDecideWhereTheyAreNoUtf8() {
    Headers headers = Headers.NONE.with("Content-Type", "application/json");
    String body = "{\"a\": \"é\uFFFD\"}";
    assertEquals(BodyShape.JSON, shape(headers, body.getBytes(StandardCharsets.UTF_8)));
    assertEquals(BodyShape.TEXT, shape(headers, body.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static BodyShape shape(Headers headers, byte[] bytes) {
    return BodyShape.of(new Answer(200, headers, bytes, Answer.Ending.COMPLETE, List.of()));
  }

  @Test
  void whatHasFramesIsAStream() {
    Answer stream = Samples.stream("{}");
    Answer untyped =
        new Answer(200, Headers.NONE, stream.body(), Answer.Ending.COMPLETE, stream.frames());
    assertEquals(BodyShape.STREAM, BodyShape.of(untyped));
  }

  @Test
  void namesAreThoseOfTheFile() {
    assertEquals("html", BodyShape.HTML.toString());
    assertEquals("model-is-uuid", Fact.MODEL_IS_UUID.toString());
  }

  @Test
  void anEntryNamesItsSourceOrSaysThatThereIsNone() throws IOException {
    Condition always = condition("");
    Optional<URI> source = Optional.of(URI.create("https://docs.example"));
    List<String> steps = List.of("Wait.");
    assertEquals(source, new GuidanceEntry("a", "A", always, steps, source, false).note().source());
    for (boolean undocumented : List.of(true, false)) {
      Optional<URI> wrong = undocumented ? source : Optional.empty();
      assertEquals(
          "a needs either a source or undocumented: true",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> new GuidanceEntry("a", "A", always, steps, wrong, undocumented))
              .getMessage());
    }
    assertEquals(
        "a has no steps",
        assertThrows(
                IllegalArgumentException.class,
                () -> new GuidanceEntry("a", "A", always, List.of(), source, false))
            .getMessage());
  }
}
