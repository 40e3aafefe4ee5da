package dev.meshcheck.suites.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.meshcheck.fixtures.exchange.ExchangeLimits;
import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import dev.meshcheck.fixtures.surface.Surfaces;
import dev.meshcheck.fixtures.surface.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is waited for, and what is not. */
class ReadinessTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(1500);

  private final List<String> waits = Collections.synchronizedList(new ArrayList<>());

  private Readiness readiness(Duration most) {
    return new Readiness(most, Duration.ofMillis(50), ReadinessTest::exchanger, waits::add);
  }

  private static Exchanger exchanger() {
    try {
      return new Exchanger(ExchangeLimits.DEFAULT, SSLContext.getDefault());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static Target target(URI base, Optional<String> model) {
    return new Target(
        "serverless",
        Surfaces.named("serverless").orElseThrow(),
        base,
        Optional.of("key"),
        Optional.empty(),
        model);
  }

  /** Answers the list of models with one, and chat with these statuses, the last for ever. */
  private static HttpServer server(int... statuses) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    int[] asked = {0};
    server.createContext(
        "/",
        exchange -> {
          boolean chat = exchange.getRequestMethod().equals("POST");
          String body = chat ? "{}" : "{\"data\":[{\"id\":\"m\"}]}";
          int status = chat ? statuses[Math.min(asked[0]++, statuses.length - 1)] : 200;
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, body.length());
          exchange.getResponseBody().write(body.getBytes(UTF_8));
          exchange.close();
        });
    server.start();
    return server;
  }

  private static URI url(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Test
  void whoIsReadyIsNotWaitedFor() {
    try (ReferenceGateway gateway =
        ReferenceGateway.start(GatewayOptions.of(GatewaySurface.SERVERLESS))) {
      assertEquals(Optional.empty(), readiness(LONG).await(Embedded.target(gateway)));
    }
    assertEquals(List.of(), waits);
  }

  @Test
  void whoComesUpIsWaitedFor() throws IOException {
    HttpServer server = server(503, 404, 429, 200);
    try {
      String said = readiness(LONG).await(target(url(server), Optional.of("m"))).orElseThrow();

      assertTrue(said.matches("127\\.0\\.0\\.1:\\d+ was ready after \\d+ s of waiting"), said);
      assertEquals(3, waits.size());
      assertTrue(waits.get(0).endsWith(" to get ready: it answers 503"), waits.get(0));
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 302, 400, 422})
  void whatWaitingDoesNotHealEndsIt(int status) throws IOException {
    HttpServer server = server(503, status);
    try {
      String said = readiness(LONG).await(target(url(server), Optional.empty())).orElseThrow();

      assertTrue(
          said.startsWith("--wait-ready gave up on 127.0.0.1:")
              && said.endsWith("for waiting does not heal it: it answers " + status),
          said);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aModelThatIsNotListedBesideOthersDoesNotCome() throws IOException {
    HttpServer server = server(404);
    try {
      String said = readiness(LONG).await(target(url(server), Optional.of("x"))).orElseThrow();

      assertTrue(said.endsWith("there is no model x; GET /v1/models lists others"), said);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whoNeverComesUpIsGivenUp() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    String said =
        readiness(SHORT)
            .await(target(URI.create("http://127.0.0.1:" + port), Optional.empty()))
            .orElseThrow();

    assertTrue(
        said.startsWith("127.0.0.1:" + port + " was not ready after 1 s, which is all that"), said);
    assertTrue(said.contains("refused"), said);
  }

  @Test
  void whoIsStoppedAsksNoMore() {
    Readiness readiness = readiness(LONG);
    readiness.stop();
    String said =
        readiness.await(target(URI.create("http://127.0.0.1:9"), Optional.empty())).orElseThrow();
    assertTrue(said.endsWith("the run was interrupted"), said);
  }
}
