package dev.meshcheck.suites.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** The other end of a connection, to write whatever one likes to. */
final class Peer {

  private final Socket socket;
  private final OutputStream out;

  Peer(Socket socket) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
  }

  /** Writes characters as bytes. */
  Peer say(String text) throws IOException {
    return say(text.getBytes(ISO_8859_1));
  }

  Peer say(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  /** Writes the same again and again until the other end has had enough. */
  void forEver(String text) throws IOException {
    byte[] block = text.repeat(Math.max(1, (16 << 10) / text.length())).getBytes(UTF_8);
    while (true) {
      say(block);
    }
  }

  /** Writes the text a byte at a time, and begins again at its end. */
  void trickle(String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    for (int i = 0; ; i = (i + 1) % bytes.length) {
      out.write(bytes[i]);
      out.flush();
      pause(100);
    }
  }

  /** Says nothing more until the other end hangs up. */
  void keepSilent() throws IOException {
    while (socket.getInputStream().read() >= 0) {
      // What comes is not listened to.
    }
  }

  /** Closes so that the other end sees a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** A whole answer with its length told, as it should be. */
  Peer answer(String head, byte[] body) throws IOException {
    say(head + "Content-Length: " + body.length + "\r\nConnection: close\r\n\r\n");
    return say(body);
  }

  private static void pause(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped", e);
    }
  }
}
