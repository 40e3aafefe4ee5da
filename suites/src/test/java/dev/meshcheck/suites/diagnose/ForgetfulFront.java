package dev.meshcheck.suites.diagnose;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Passes one request of each connection on to a server, and hangs up when a second comes. It keeps
 * the connection open until then, as if it had forgotten it.
 */
final class ForgetfulFront implements AutoCloseable {

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final URI upstream;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "forgetful-front");
            thread.setDaemon(true);
            return thread;
          });

  ForgetfulFront(URI upstream) throws IOException {
    this.upstream = upstream;
    threads.execute(this::serve);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Socket behind = new Socket(upstream.getHost(), upstream.getPort());
        AtomicBoolean answered = new AtomicBoolean();
        threads.execute(() -> pump(client, behind, () -> !answered.get()));
        threads.execute(
            () ->
                pump(
                    behind,
                    client,
                    () -> {
                      answered.set(true);
                      return true;
                    }));
      } catch (IOException | RejectedExecutionException e) {
        // After the end nobody is served.
      }
    }
  }

  /** Whether what has come is passed on. */
  private interface Gate {
    boolean isOpen();
  }

  private static void pump(Socket from, Socket to, Gate gate) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0 && gate.isOpen(); n = in.read(buffer)) {
        out.write(buffer, 0, n);
        out.flush();
      }
    } catch (IOException e) {
      // Either side may hang up.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
