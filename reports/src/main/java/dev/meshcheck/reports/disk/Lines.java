package dev.meshcheck.reports.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;

/** A file of lines that several processes add to. */
public final class Lines {

  /** Locks of files are held by the process; its threads would be refused. */
  private static final Object ONE_AT_A_TIME = new Object();

  private Lines() {}

  /**
   * The lines of a file, in a stream that has to be closed. A line of more than 8 MiB, which no run
   * writes, is left out, and what is no UTF-8 is replaced.
   *
   * @throws IOException where it cannot be opened; later the stream throws {@link
   *     UncheckedIOException}
   */
  public static Stream<String> of(Path file) throws IOException {
    LineReader lines = new LineReader(Files.newInputStream(file));
    return Stream.generate(() -> next(lines))
        .takeWhile(Optional::isPresent)
        .flatMap(Optional::stream)
        .onClose(() -> close(lines));
  }

  private static Optional<String> next(LineReader lines) {
    try {
      return lines.next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(LineReader lines) {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds a line whole or not at all. What somebody left unfinished, such as a killed process, stays
   * on a line of its own.
   */
  public static void append(Path file, String line) throws IOException {
    synchronized (ONE_AT_A_TIME) {
      try (FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        lock(channel);
        long end = channel.size();
        String between = isWhole(channel, end) ? "" : "\n";
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(between + line + "\n");
        try {
          long at = end;
          while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
          }
        } catch (IOException e) {
          channel.truncate(end);
          throw e;
        }
      }
    }
  }

  /** Waits for the others; closing the channel lets the next one in. */
  private static void lock(FileChannel channel) {
    try {
      FileLock unused = channel.lock();
    } catch (IOException e) {
      // Some network file systems know no locks; then runs that end at once are bad luck.
    }
  }

  private static boolean isWhole(FileChannel channel, long end) throws IOException {
    if (end == 0) {
      return true;
    }
    ByteBuffer last = ByteBuffer.allocate(1);
    int read = channel.read(last, end - 1);
    return read == 1 && last.get(0) == '\n';
  }
}
