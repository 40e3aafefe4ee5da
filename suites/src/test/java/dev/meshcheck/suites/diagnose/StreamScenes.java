package dev.meshcheck.suites.diagnose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.wire.Delivery;
import dev.meshcheck.fixtures.gateway.wire.Frame;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Streams that end too early, in another way, as something else, or too late. */
final class StreamScenes {

  private StreamScenes() {}

  static List<Scenario> all() {
    return List.of(
        new Scenario(
            "longer-answers-fail",
            "for 48 tokens, without \"stream\", POST /v1/chat/completions",
            "for what happens after the first token",
            stage -> stage.diagnose(stage.onDemand(shorterThan(9))),
            stage -> stage.diagnose(stage.onDemand(refused(501)))),
        new Scenario(
            "streams-are-refused",
            "each time",
            "what is said of it",
            stage -> stage.diagnose(stage.onDemand(refused(501))),
            stage ->
                stage.diagnose(
                    stage.onDemand(ServiceScenes.chat(501, "Streams are not supported.")))),
        new Scenario(
            "stream-breaks-off",
            "then cut off",
            "a finish_reason, then data: [DONE], have to be there",
            stage -> stage.diagnose(stage.onDemand(streams(s -> s.deliver(Delivery::cut)))),
            stage -> stage.diagnose(stage.onDemand(chatFrames(StreamScenes::withoutDone)))),
        new Scenario(
            "stream-is-no-event-stream",
            "as text/plain",
            "Content-Type has to be text/event-stream",
            stage ->
                stage.diagnose(
                    stage.onDemand(streams(s -> s.header("Content-Type", "text/plain")))),
            stage ->
                stage.diagnose(
                    stage.onDemand(
                        streams(
                            s -> s.header("Content-Type", "text/event-stream; charset=utf-8"))))),
        new Scenario(
            "stream-without-done",
            "whole, and without [DONE]",
            "nothing breaks off, the last event is never sent",
            stage -> stage.diagnose(stage.onDemand(chatFrames(StreamScenes::withoutDone))),
            stage ->
                stage.diagnose(
                    stage.onDemand(chatFrames(frames -> frames.subList(0, frames.size() - 3))))),
        new Scenario(
            "stream-comes-twice",
            "each of them twice in a row",
            "Look which two layers",
            stage -> stage.diagnose(stage.onDemand(chatFrames(StreamScenes::twice))),
            stage ->
                stage.diagnose(
                    stage.onDemand(
                        chatFrames(
                            frames ->
                                Stream.concat(frames.stream().limit(2), frames.stream().skip(1))
                                    .toList())))),
        new Scenario(
            "stream-repeats-the-text",
            "each of which begins with all the text of the one before",
            "cut off what it has sent before",
            stage -> stage.diagnose(stage.onDemand(chatFrames(StreamScenes::growing))),
            stage ->
                stage.diagnose(
                    stage.onDemand(
                        chatFrames(frames -> texts(frames, (before, text) -> "1 " + text))))),
        new Scenario(
            "responses-in-vllm-framing",
            "with event: lines and without [DONE]",
            "event: lines are vLLM's",
            stage -> stage.diagnose(stage.onDemand(responsesFrames(StreamScenes::asVllm))),
            stage -> stage.diagnose(stage.onDemand(chatFrames(StreamScenes::withoutDone)))),
        new Scenario(
            "proxy-buffers-streams",
            "both streams: ",
            "proxy_buffering off",
            stage -> stage.diagnose(stage.onDemand(streams(late(Delivery.Pieces.ONE)))),
            stage -> stage.diagnose(stage.onDemand(streams(late(Delivery.Pieces.FRAMES))))));
  }

  /** Whoever asks for that many tokens or more gets none. */
  private static Hooks shorterThan(int tokens) {
    return Hooks.onReply(
        (call, reply) ->
            call.json().filter(b -> b.path("max_tokens").asInt(0) >= tokens).isPresent()
                    && reply.status() < 400
                ? Reply.Whole.text(
                    500,
                    "application/json",
                    "{\"error\": {\"message\": \"Internal Server Error\"}}")
                : reply);
  }

  private static UnaryOperator<Reply> late(Delivery.Pieces pieces) {
    return stream -> stream.deliver(d -> d.pieces(pieces).beforeHeaders(Duration.ofMillis(400)));
  }

  private static List<Frame> withoutDone(List<Frame> frames) {
    return frames.stream().filter(frame -> !frame.isDone()).toList();
  }

  private static List<Frame> twice(List<Frame> frames) {
    return frames.stream().flatMap(frame -> Stream.of(frame, frame)).toList();
  }

  private static List<Frame> growing(List<Frame> frames) {
    return texts(frames, String::concat);
  }

  /** Each piece of text is made of what the one before became, and itself. */
  private static List<Frame> texts(List<Frame> frames, BinaryOperator<String> edit) {
    List<Frame> edited = new ArrayList<>();
    String before = "";
    for (Frame frame : frames) {
      Optional<ObjectNode> event = frame.json();
      JsonNode said =
          event.map(e -> e.at("/choices/0/delta/content")).orElse(MissingNode.getInstance());
      if (said.asText("").isEmpty()) {
        edited.add(frame);
        continue;
      }
      before = edit.apply(before, said.asText());
      ((ObjectNode) event.get().at("/choices/0/delta")).put("content", before);
      edited.add(Frame.data(event.get().toString()));
    }
    return edited;
  }

  private static List<Frame> asVllm(List<Frame> frames) {
    return withoutDone(frames).stream()
        .map(f -> f.json().map(e -> f.after("event: " + e.path("type").asText())).orElse(f))
        .toList();
  }

  /** Every stream is answered with that status. */
  static Hooks refused(int status) {
    return streams(
        s ->
            Reply.Whole.text(
                status,
                "application/json",
                "{\"error\": {\"message\": \"Streams are not supported.\"}}"));
  }

  private static Hooks streams(UnaryOperator<Reply> edit) {
    return Hooks.onReply(
        (call, reply) -> reply instanceof Reply.Stream ? edit.apply(reply) : reply);
  }

  private static Hooks chatFrames(UnaryOperator<List<Frame>> edit) {
    return frames("/v1/chat/completions", edit);
  }

  private static Hooks responsesFrames(UnaryOperator<List<Frame>> edit) {
    return frames("/v1/responses", edit);
  }

  private static Hooks frames(String path, UnaryOperator<List<Frame>> edit) {
    return Hooks.onReply(
        (call, reply) ->
            reply instanceof Reply.Stream stream && call.path().equals(path)
                ? stream.withFrames(edit.apply(stream.frames()))
                : reply);
  }
}
