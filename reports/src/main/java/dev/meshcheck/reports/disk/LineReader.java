package dev.meshcheck.reports.disk;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads lines, and keeps none that is too long to be one of ours. Not thread-safe. */
final class LineReader implements Closeable {

  /** Bytes; larger than a night of a thousand environments. */
  private static final int LONGEST = 8 << 20;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int end;

  LineReader(InputStream in) {
    this.in = in;
  }

  /** The next line, empty where it is too long; none at the end. */
  Optional<String> next() throws IOException {
    if (!fill()) {
      return Optional.empty();
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long length = 0;
    boolean over = false;
    while (!over && fill()) {
      int until = lineEnd();
      length += until - at;
      if (length <= LONGEST) {
        line.write(buffer, at, until - at);
      }
      over = until < end;
      at = over ? until + 1 : end;
    }
    return Optional.of(length > LONGEST ? "" : line.toString(StandardCharsets.UTF_8));
  }

  /** Whether there is anything left. */
  private boolean fill() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, in.read(buffer));
    }
    return at < end;
  }

  /** Where the line ends, or what was read of it. */
  private int lineEnd() {
    int until = at;
    while (until < end && buffer[until] != '\n') {
      until++;
    }
    return until;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
