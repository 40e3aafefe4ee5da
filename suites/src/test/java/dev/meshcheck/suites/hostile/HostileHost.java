package dev.meshcheck.suites.hostile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** A host below HTTP that treats every connection alike. */
final class HostileHost implements AutoCloseable {

  private final Behaviour behaviour;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "hostile-host");
            thread.setDaemon(true);
            return thread;
          });

  HostileHost(Behaviour behaviour) throws IOException {
    this.behaviour = behaviour;
    this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Seconds for a request: few where it waits for its deadline anyway. */
  String timeout() {
    return behaviour.reasons().contains("timeout") ? "2" : "20";
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        threads.execute(() -> talk(socket));
      } catch (IOException | RejectedExecutionException e) {
        // It is closed, or the next one may do better.
      }
    }
  }

  private void talk(Socket socket) {
    try (socket) {
      Asked asked =
          behaviour.listens() ? Asked.from(socket.getInputStream()) : new Asked("", "", false);
      behaviour.talk().with(asked, new Peer(socket));
      socket.shutdownOutput();
      // A close with bytes unread would be a reset, and take the answer with it.
      socket.setSoTimeout(1000);
      while (socket.getInputStream().read() >= 0) {
        // Nobody wants them.
      }
    } catch (IOException e) {
      // The other end has had enough.
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
