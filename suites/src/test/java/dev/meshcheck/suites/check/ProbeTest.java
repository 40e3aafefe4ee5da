package dev.meshcheck.suites.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import dev.meshcheck.fixtures.exchange.ExchangeLimits;
import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.surface.Surfaces;
import dev.meshcheck.fixtures.surface.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProbeTest {

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

  @Test
  void whatWasReadLastIsWhatAFailureRestsOn() {
    Answered first = probe.chat("a").send();
    Answered second = probe.chat("b").send();
    assertEquals(List.of(first.exchange(), second.exchange()), probe.failedOn());
    Json body = first.json();
    assertEquals(List.of(second.exchange(), first.exchange()), probe.failedOn());
    second.status();
    assertEquals(List.of(first.exchange(), second.exchange()), probe.failedOn());
    // Read out of an answer that came before.
    body.integer();
    assertEquals(List.of(second.exchange(), first.exchange()), probe.failedOn());
    probe.restsOn(second);
    assertEquals(List.of(first.exchange(), second.exchange()), probe.used());
  }

  @Test
  void whatAnotherCheckSentIsNamedByAFailureAlone() {
    probe.chat("a").send();
    Probe other = new Probe(probe.target(), List.of(), exchanger);
    Answered seen = other.everything().get(0);
    assertEquals(200, seen.status());
    assertEquals(List.of(), other.used());
    assertEquals(List.of(seen.exchange()), other.failedOn());
  }
}
