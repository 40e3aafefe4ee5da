package dev.meshcheck.suites.check;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import dev.meshcheck.fixtures.exchange.ExchangeLimits;
import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.surface.Surfaces;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.outcome.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TriesTest {

  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;
  private Exchanger exchanger;
  private Probe probe;

  @BeforeEach
  void start() throws IOException, NoSuchAlgorithmException {
    InetAddress here = InetAddress.getLoopbackAddress();
    server = HttpServer.create(new InetSocketAddress(here, 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = ("" + asked.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    exchanger = new Exchanger(ExchangeLimits.DEFAULT, SSLContext.getDefault());
    Target target =
        new Target(
            "serverless",
            Surfaces.named("serverless").orElseThrow(),
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            Optional.empty(),
            Optional.empty(),
            Optional.of("a-model"));
    probe = new Probe(target, List.of(), exchanger);
  }

  @AfterEach
  void stop() {
    exchanger.close();
    server.stop(0);
  }

  private void judge(Consumer<Long> rule) {
    Tries.of(probe, probe.chat("hi"), answered -> rule.accept(answered.json().integer()));
  }

  private static void fail() {
    throw new Failure(Reason.WRONG_VALUE, "it is bad", "good", "bad");
  }

  @Test
  void oneGoodAnswerIsEnoughAndTheRateIsTold() {
    judge(
        nth -> {
          if (nth != 2) {
            fail();
          }
        });
    assertEquals(3, asked.get());
    assertEquals(Optional.of("1 of 3 answers were good: pass@3 yes, pass^3 no"), probe.recorded());
  }

  @Test
  void noGoodAnswerFails() {
    Failure failure = assertThrows(Failure.class, () -> judge(nth -> fail()));
    assertEquals(Reason.WRONG_VALUE, failure.reason());
    assertThat(failure.getMessage(), containsString("0 of 3 answers were good: pass@3 no"));
  }

  @Test
  void answersThatTellNothingDoNotCount() {
    judge(
        nth -> {
          if (nth < 3) {
            throw new Inapplicable("cut");
          }
        });
    assertEquals(Optional.of("1 of 1 answers were good: pass@1 yes, pass^1 yes"), probe.recorded());
  }

  @Test
  void nothingToldIsNoPass() {
    assertThrows(
        Inapplicable.class,
        () ->
            judge(
                nth -> {
                  throw new Inapplicable("cut");
                }));
  }

  @Test
  void whatCouldNotRunIsNoPass() {
    assertThrows(
        CouldNotRun.class,
        () ->
            judge(
                nth -> {
                  throw new CouldNotRun(Reason.RATE_LIMITED, "429");
                }));
  }

  @Test
  void whatIsSentTogetherComesBackInOrder() {
    List<Answered> answers =
        probe.together(
            List.of(probe.chat("a")::send, probe.chat("b")::send, probe.chat("a")::send));
    assertEquals(answers.get(0).exchange(), answers.get(2).exchange());
    assertEquals(2, asked.get());
    assertEquals(2, probe.used().size());
    assertEquals(2, probe.everything().size());
  }
}
