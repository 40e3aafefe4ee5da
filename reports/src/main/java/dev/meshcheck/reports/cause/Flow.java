package dev.meshcheck.reports.cause;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Answer.Ending;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Frame;
import dev.meshcheck.fixtures.exchange.JsonText;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How a stream came.
 *
 * @param mediaType of the answer, without parameters; empty where it has none
 * @param events how many
 * @param firstMs when the first one was there, in milliseconds after sending
 * @param lastMs when the last one was there
 * @param typed whether any event has an {@code event:} line
 * @param finished whether every choice, or the response, came to its end, or to an error event
 * @param legible whether every event but {@code [DONE]} is JSON
 * @param done whether {@code data: [DONE]} was among them
 * @param twice whether each event came twice in a row
 * @param growing whether each piece of text began with the whole of the one before
 * @param ending how the transport ended
 */
public record Flow(
    String mediaType,
    int events,
    double firstMs,
    double lastMs,
    boolean typed,
    boolean finished,
    boolean legible,
    boolean done,
    boolean twice,
    boolean growing,
    Ending ending) {

  private static final String EVENT_STREAM = "text/event-stream";
  private static final String DONE = "[DONE]";

  /** Where an event holds its piece of text: of a chat, a completion or a response. */
  private static final List<String> TEXTS =
      List.of("/choices/0/delta/content", "/choices/0/text", "/delta");

  /** So many different events that come in pairs do not by chance. */
  private static final int FEWEST = 3;

  /** What ends a stream of {@code /v1/responses}, see its typed events. */
  private static final Set<String> TERMINAL =
      Set.of("response.completed", "response.incomplete", "response.failed", "response.cancelled");

  /** The stream that was asked for; a success without any event is an empty one. */
  static Optional<Flow> of(Exchange exchange, Answer answer) {
    List<Frame> frames = answer.frames();
    boolean hungUp = answer.ending() == Ending.HUNG_UP;
    if (!exchange.request().streamed() || !answer.successful() || hungUp) {
      return Optional.empty();
    }
    List<String> events = frames.stream().map(f -> f.event().data()).toList();
    List<JsonNode> chunks = events.stream().map(JsonText::read).toList();
    boolean done = events.stream().anyMatch(Flow::isDone);
    // A last event without its empty line is none to a parser, and is there all the same.
    boolean unterminated = answer.text().strip().endsWith("data: " + DONE);
    return Optional.of(
        new Flow(
            answer.mediaType(),
            frames.size(),
            frames.isEmpty() ? 0 : frames.get(0).atMs(),
            frames.isEmpty() ? 0 : frames.get(frames.size() - 1).atMs(),
            frames.stream().anyMatch(f -> f.event().type().isPresent()),
            finished(chunks, done),
            legible(events, chunks),
            unterminated || done,
            twice(events),
            growing(chunks),
            answer.ending()));
  }

  /** Whether it claims to be what was asked for. */
  public boolean isEventStream() {
    return mediaType.equals(EVENT_STREAM);
  }

  /** Whether the transport came to its proper end. */
  public boolean whole() {
    return ending == Ending.COMPLETE;
  }

  /**
   * Whether the host or something on the way broke it off; a deadline of ours does not count, and
   * of what cannot be read nobody knows where it ends.
   */
  public boolean brokenOff() {
    return ending == Ending.CUT || (whole() && legible && !finished);
  }

  /** A model may say a word twice, and no server has two chunks alike but for that. */
  private static boolean twice(List<String> events) {
    List<String> told = events.stream().filter(data -> !isDone(data)).toList();
    boolean paired = told.size() % 2 == 0 && told.stream().distinct().count() >= FEWEST;
    for (int i = 0; paired && i < told.size(); i += 2) {
      paired = told.get(i).equals(told.get(i + 1));
    }
    return paired;
  }

  /** One word may begin with the one before; no text does so piece after piece. */
  private static boolean growing(List<JsonNode> chunks) {
    List<String> pieces =
        chunks.stream()
            .flatMap(event -> TEXTS.stream().map(event::at))
            .filter(JsonNode::isTextual)
            .map(JsonNode::asText)
            .filter(text -> !text.isEmpty())
            .toList();
    boolean grows = pieces.size() > FEWEST;
    for (int i = 1; grows && i < pieces.size(); i++) {
      String before = pieces.get(i - 1);
      grows = pieces.get(i).startsWith(before) && pieces.get(i).length() > before.length();
    }
    return grows;
  }

  private static boolean legible(List<String> events, List<JsonNode> chunks) {
    return IntStream.range(0, events.size())
        .allMatch(i -> isDone(events.get(i)) || !chunks.get(i).isMissingNode());
  }

  private static boolean isDone(String data) {
    return data.strip().equals(DONE);
  }

  private static boolean finished(List<JsonNode> chunks, boolean done) {
    Set<Integer> seen = new HashSet<>();
    Set<Integer> ended = new HashSet<>();
    for (JsonNode chunk : chunks) {
      String type = chunk.path("type").asText("");
      if (TERMINAL.contains(type) || type.equals("error") || chunk.hasNonNull("error")) {
        return true;
      }
      for (JsonNode choice : chunk.path("choices")) {
        seen.add(choice.path("index").asInt());
        if (choice.hasNonNull("finish_reason")) {
          ended.add(choice.path("index").asInt());
        }
      }
    }
    // Who says [DONE] behind a finish_reason has not broken off, whatever the indexes are.
    return !seen.isEmpty() && (ended.equals(seen) || (!ended.isEmpty() && done));
  }
}
