package dev.meshcheck.suites.diagnose;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server below HTTP, for hosts and proxies that misbehave there. */
final class RawServer implements AutoCloseable {

  /** What it does with a connection before it closes it. */
  interface Talk {
    void with(InputStream in, OutputStream out) throws IOException;
  }

  private final ServerSocket server;
  private final Talk talk;

  RawServer(Talk talk) throws IOException {
    this.talk = talk;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** A proxy that answers every request with that status line. */
  static Talk proxy(String status) {
    return (in, out) -> {
      in.read(new byte[4096]);
      out.write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    };
  }

  int port() {
    return server.getLocalPort();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        talk.with(socket.getInputStream(), socket.getOutputStream());
      } catch (IOException e) {
        // The next one may do better.
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
