package dev.meshcheck.suites.check;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Answer.Ending;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Frame;
import dev.meshcheck.fixtures.exchange.Headers;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.exchange.Reply;
import dev.meshcheck.fixtures.exchange.Request;
import dev.meshcheck.fixtures.exchange.Timings;
import dev.meshcheck.fixtures.sse.SseParser;
import dev.meshcheck.fixtures.surface.Surfaces;
import dev.meshcheck.fixtures.surface.Target;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Exchanges that never went over a wire. */
public final class Answers {

  private static final URI HOST = URI.create("http://127.0.0.1:1");

  private static final Target TARGET =
      new Target(
          "serverless",
          Surfaces.named("serverless").orElseThrow(),
          HOST,
          Optional.of("ak-0123456789abcdef"),
          Optional.empty(),
          Optional.of("a-model"));

  private Answers() {}

  /** An answer with that status, type and body. */
  public static Answered of(int status, String mediaType, String body) {
    return with(answer(status, mediaType, body, Ending.COMPLETE));
  }

  /** A JSON answer with status 200. */
  public static Answered json(String body) {
    return of(200, "application/json", body);
  }

  /** No answer, for that reason. */
  public static Answered none(NoAnswer.Kind kind) {
    return with(new NoAnswer(kind, "127.0.0.1: " + kind));
  }

  /** A stream as it stands on the wire. */
  public static Events stream(String text) {
    return stream(text, Ending.COMPLETE);
  }

  /** A stream as it stands on the wire, and how it ended. */
  public static Events stream(String text, Ending ending) {
    return with(answer(200, "text/event-stream", text, ending)).events();
  }

  /** A data-only stream of these events, {@code [DONE]} included. */
  public static Events events(String... data) {
    StringBuilder text = new StringBuilder();
    for (String one : data) {
      text.append("data: ").append(one).append("\n\n");
    }
    return stream(text.append("data: [DONE]\n\n").toString());
  }

  private static Answer answer(int status, String mediaType, String body, Ending ending) {
    List<Frame> frames = new ArrayList<>();
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (mediaType.equals("text/event-stream")) {
      new SseParser(event -> frames.add(new Frame(event, frames.size())))
          .feed(bytes, 0, bytes.length);
    }
    Headers headers = Headers.NONE.with("Content-Type", mediaType);
    return new Answer(status, headers, bytes, ending, frames);
  }

  private static Answered with(Reply reply) {
    Request request = Request.of("POST", TARGET.at("/v1/chat/completions"), Headers.NONE);
    OptionalDouble never = OptionalDouble.empty();
    Timings timings = new Timings(never, never, never, never, 1);
    return new Answered(new Exchange("e1", TARGET, request, reply, timings, Instant.EPOCH, 0));
  }
}
