package dev.meshcheck.reports.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.meshcheck.fixtures.settings.Readers;
import dev.meshcheck.reports.disk.Lines;
import dev.meshcheck.reports.model.JsonFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** The file nights.jsonl of an environment: one line for each night. */
final class NightsFile {

  private final Path file;
  private final Readers readers;

  /** The nights in that directory of reports of one environment. */
  NightsFile(Path directory, Readers readers) {
    this.file = directory.resolve("nights.jsonl");
    this.readers = readers;
  }

  /** Adds a night. */
  void append(PastNight night) throws IOException {
    readers.directories(file.getParent());
    readers.file(file);
    Lines.append(file, JsonFormat.writer().writeValueAsString(night));
  }

  /** The last nights, the oldest first; lines that are broken count as none. */
  List<PastNight> last(int most) {
    if (most == 0 || !Files.isRegularFile(file)) {
      return List.of();
    }
    Deque<PastNight> last = new ArrayDeque<>();
    try (Stream<String> lines = Lines.of(file)) {
      lines
          .flatMap(NightsFile::parsed)
          .forEach(
              night -> {
                last.addLast(night);
                if (last.size() > most) {
                  last.removeFirst();
                }
              });
    } catch (IOException | UncheckedIOException e) {
      // A night without its history is better than none.
      return List.of();
    }
    return List.copyOf(last);
  }

  private static Stream<PastNight> parsed(String line) {
    try {
      return Stream.of(JsonFormat.reader().forType(PastNight.class).<PastNight>readValue(line));
    } catch (JsonProcessingException e) {
      return Stream.empty();
    }
  }
}
