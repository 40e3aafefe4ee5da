package dev.meshcheck.reports.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Directories of reports, as a whole. */
public final class Directories {

  private Directories() {}

  /**
   * Removes a directory with all that is in it; where another process removes it as well, there is
   * nothing left to do.
   *
   * @throws IOException where something in it cannot be removed
   */
  public static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      // Another run was faster.
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
