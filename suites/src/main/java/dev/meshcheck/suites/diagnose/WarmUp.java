package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.exchange.ExchangeLimits;
import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.surface.Surfaces;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.suites.check.Probe;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * One request to this very process before anything is measured. The first request of a process
 * loads thousands of classes, and that time must not be taken for the host's.
 */
final class WarmUp {

  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final String STREAM =
      String.join(
          "\r\n",
          "HTTP/1.1 200 OK",
          "Content-Type: text/event-stream",
          "Connection: close",
          "",
          "data: {\"choices\": []}",
          "",
          "data: [DONE]",
          "",
          "");

  private static boolean warm;

  private WarmUp() {}

  /** Does it once in a process. */
  static synchronized void once(SSLContext tls) {
    if (warm) {
      return;
    }
    warm = true;
    try (ServerSocket server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
        Exchanger exchanger =
            new Exchanger(ExchangeLimits.DEFAULT.with(1, LONGEST, LONGEST, 0), tls)) {
      Thread answering = new Thread(() -> answer(server), "meshcheck-warm-up");
      answering.setDaemon(true);
      answering.start();
      URI here =
          URI.create(
              "http://" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort());
      Target target =
          new Target(
              "warm-up",
              Surfaces.all().get(0),
              here,
              Optional.empty(),
              Optional.empty(),
              Optional.of("none"));
      new Probe(target, List.of(), exchanger).chat("Hi").stream();
    } catch (IOException e) {
      // Without it, the first answer looks a little late.
      warm = true;
    }
  }

  private static void answer(ServerSocket server) {
    try (Socket socket = server.accept();
        OutputStream out = socket.getOutputStream()) {
      if (socket.getInputStream().read(new byte[8192]) > 0) {
        out.write(STREAM.getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      // Nobody waits for it any more.
    }
  }
}
