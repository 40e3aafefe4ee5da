package dev.meshcheck.reports.disk;

import dev.meshcheck.fixtures.settings.Readers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Replaces files whole: a reader sees the old one or the new one, never half of one. */
public final class AtomicFiles {

  private final Readers readers;

  /** Files that these may read. */
  public AtomicFiles(Readers readers) {
    this.readers = readers;
  }

  /** Makes a directory and those above it. */
  public Path directories(Path path) throws IOException {
    return readers.directories(path);
  }

  /** Writes the text as UTF-8. */
  public void write(Path file, String text) throws IOException {
    Path temporary = beside(file);
    try {
      readers.file(temporary);
      // Not writeString: it refuses text with half a surrogate pair, and a host may send one.
      Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
      replace(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** An empty file beside that one, for who writes it piece by piece and adopts it then. */
  public Path temporary(Path file) throws IOException {
    Path temporary = beside(file);
    readers.file(temporary);
    return temporary;
  }

  /** Puts a file in place that something else wrote whole. */
  public void adopt(Path from, Path file) throws IOException {
    readers.file(from);
    replace(from, file);
  }

  /**
   * Points the link at a path relative to it; where links are not possible, a file says the path.
   */
  public void link(Path link, Path to) throws IOException {
    Path temporary = beside(link);
    try {
      Files.createSymbolicLink(temporary, to);
    } catch (UnsupportedOperationException | IOException e) {
      write(link, to + "\n");
      return;
    }
    try {
      replace(temporary, link);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static Path beside(Path file) {
    return file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
  }

  private static void replace(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      // Some network file systems cannot; then a short gap is the best there is.
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
