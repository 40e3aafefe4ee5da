package dev.meshcheck.suites.hostile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One request as far as a hostile host looks at it.
 *
 * @param method of the request
 * @param path without the query
 * @param streamed whether it asks for a stream
 */
record Asked(String method, String path, boolean streamed) {

  private static final int LONGEST = 8 << 20;

  /** Reads one request with its body. */
  static Asked from(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0 || head.length() > LONGEST) {
        throw new IOException("no request");
      }
      head.append((char) b);
    }
    String[] words = head.substring(0, head.indexOf("\r\n")).split(" ", -1);
    String lower = head.toString().toLowerCase(Locale.ROOT);
    String body = "";
    int at = lower.indexOf("\r\ncontent-length:");
    if (at >= 0) {
      int end = lower.indexOf("\r\n", at + 2);
      int length = Integer.parseInt(lower.substring(at + 17, end).strip());
      body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
    int mark = words[1].indexOf('?');
    String path = mark < 0 ? words[1] : words[1].substring(0, mark);
    return new Asked(words[0], path, body.contains("\"stream\":true"));
  }
}
