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
  private final boolean resets;

  RawServer(Talk talk) throws IOException {
    this(talk, false);
  }

  private RawServer(Talk talk, boolean resets) throws IOException {
    this.talk = talk;
    this.resets = resets;
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

  /**
   * One that takes every connection and throws it away, as a port mapper with nothing behind it.
   */
  static RawServer resetting() throws IOException {
    return new RawServer((in, out) -> {}, true);
  }

  int port() {
    return server.getLocalPort();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.setSoLinger(resets, 0);
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
