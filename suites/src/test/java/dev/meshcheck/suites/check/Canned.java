package dev.meshcheck.suites.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meshcheck.fixtures.exchange.Answer;
import dev.meshcheck.fixtures.exchange.Answer.Ending;
import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.ExchangeLimits;
import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.exchange.Frame;
import dev.meshcheck.fixtures.exchange.Headers;
import dev.meshcheck.fixtures.exchange.NoAnswer;
import dev.meshcheck.fixtures.exchange.Reply;
import dev.meshcheck.fixtures.exchange.Request;
import dev.meshcheck.fixtures.exchange.Timings;
import dev.meshcheck.fixtures.sse.ServerSentEvent;
import dev.meshcheck.fixtures.sse.SseParser;
import dev.meshcheck.fixtures.surface.Surfaces;
import dev.meshcheck.fixtures.surface.Target;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.function.Executable;

/** Exchanges that never went over a wire: what a host would have answered, as a check sees it. */
public final class Canned implements AutoCloseable {

  public static final String JSON = "application/json";

  private static final URI BASE = URI.create("http://host.invalid/root");

  private final Target target;
  private final Exchanger exchanger;

  /** A host that answers what it was told to answer, and nothing else. */
  public Canned(String surface) {
    this.target = target(surface);
    try {
      this.exchanger = new Exchanger(ExchangeLimits.DEFAULT, SSLContext.getDefault());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    exchanger.giveUp(target, new NoAnswer(NoAnswer.Kind.NOT_SENT, "nothing is canned for that"));
  }

  static Target target(String surface) {
    return new Target(
        surface,
        Surfaces.named(surface).orElseThrow(),
        BASE,
        Optional.of("ak-secret"),
        Optional.of("user"),
        Optional.of("m"));
  }

  public Probe probe() {
    return new Probe(target, List.of(), exchanger);
  }

  /** A probe of a run that tells how often a model obeys. */
  Probe thorough() {
    return new Probe(target, List.of(), exchanger, new Dialect(), new Turns(), true);
  }

  /** Answers the plain GET or, with a body, the plain POST of that path. */
  public Canned answers(String path, String body, int nth, Reply reply) {
    Headers headers = headers();
    Request request =
        body.isEmpty()
            ? Request.of("GET", target.at(path), headers)
            : Request.of("POST", target.at(path), headers.with("Content-Type", JSON))
                .withBody(body);
    return takes(request.again(nth), reply);
  }

  /** Answers the streamed POST of that path. */
  public Canned streams(String path, String body, int nth, Reply reply) {
    Headers headers = headers().with("Content-Type", JSON).with("Accept", "text/event-stream");
    Request request = Request.of("POST", target.at(path), headers).withBody(body);
    return takes(request.asStream().again(nth), reply);
  }

  private Headers headers() {
    Headers headers =
        Headers.NONE
            .with("User-Agent", "meshcheck")
            .with("Accept", "*/*")
            .with("Authorization", "Bearer ak-secret");
    return target.surface().userIdNeeded() ? headers.with("X-User-Id", "user") : headers;
  }

  private Canned takes(Request request, Reply reply) {
    exchanger.takeOver(List.of(exchange(target, request, reply)));
    return this;
  }

  private static Exchange exchange(Target target, Request request, Reply reply) {
    OptionalDouble none = OptionalDouble.empty();
    Timings timings = new Timings(none, none, none, none, 1);
    return new Exchange("e1", target, request, reply, timings, Instant.EPOCH, 0);
  }

  public static Answer answer(int status, String type, String body) {
    return answer(status, type, body, Ending.COMPLETE);
  }

  static Answer answer(int status, String type, String body, Ending ending) {
    Headers headers = type.isEmpty() ? Headers.NONE : Headers.NONE.with("Content-Type", type);
    return new Answer(status, headers, body.getBytes(UTF_8), ending, List.of());
  }

  /** A stream whose events arrive so many milliseconds apart, the first after ten. */
  public static Answer stream(String text, Ending ending, double gapMs) {
    return stream(text, ending, 10, gapMs);
  }

  static Answer stream(String text, Ending ending, double firstMs, double gapMs) {
    List<ServerSentEvent> events = new ArrayList<>();
    byte[] body = text.getBytes(UTF_8);
    new SseParser(events::add).feed(body, 0, body.length);
    List<Frame> frames = new ArrayList<>();
    events.forEach(event -> frames.add(new Frame(event, firstMs + gapMs * frames.size())));
    Headers headers = Headers.NONE.with("Content-Type", "text/event-stream; charset=utf-8");
    return new Answer(200, headers, body, ending, frames);
  }

  /** The answer to {@code POST /v1/x} of an on-demand host. */
  public static Answered answered(Reply reply) {
    return answered("on-demand", reply);
  }

  static Answered answered(String surface, Reply reply) {
    Target target = target(surface);
    Request request = Request.of("POST", target.at("/v1/x"), Headers.NONE);
    return new Answered(exchange(target, request, reply), () -> {});
  }

  /** The events of a whole stream. */
  public static Events events(String text) {
    return answered(stream(text, Ending.COMPLETE, 1)).events();
  }

  /** What the code under test says is wrong. */
  public static Failure failure(Executable judged) {
    return assertThrows(Failure.class, judged);
  }

  @Override
  public void close() {
    exchanger.close();
  }
}
