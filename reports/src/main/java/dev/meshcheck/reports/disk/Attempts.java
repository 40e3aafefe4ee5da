package dev.meshcheck.reports.disk;

import dev.meshcheck.fixtures.settings.FileFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes files one by one, whatever becomes of the others, and tells at the end what could not be
 * written. Thread-safe.
 */
public final class Attempts {

  private final Map<String, IOException> failed = new LinkedHashMap<>();

  /** Something that writes. */
  @FunctionalInterface
  public interface Writing {
    void run() throws IOException;
  }

  /** Writes, and remembers by the name that people know where that fails. */
  public void attempt(String name, Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      synchronized (failed) {
        failed.putIfAbsent(name, e);
      }
    }
  }

  /**
   * Tells what could not be written.
   *
   * @param directory that people look into
   * @throws UncheckedIOException where anything could not
   */
  public void tell(Path directory) {
    synchronized (failed) {
      if (!failed.isEmpty()) {
        IOException why = failed.values().iterator().next();
        throw new UncheckedIOException(
            "the reports in %s are not whole, for %s cannot be written (%s); see to that, or name another directory with --reports DIR"
                .formatted(directory, String.join(", ", failed.keySet()), FileFailure.reason(why)),
            why);
      }
    }
  }
}
