package dev.meshcheck.reports.fleet;

import dev.meshcheck.reports.disk.AtomicFiles;
import dev.meshcheck.reports.render.JunitTally;
import dev.meshcheck.reports.render.JunitXml;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The suites of junit.xml, each in a file of its own until all are there, so that no more than one
 * of them is in memory. Thread-safe.
 */
final class JunitParts {

  private record Part(Path file, JunitTally tally) {}

  private final Path directory;
  private final AtomicFiles files;
  private final AtomicInteger count = new AtomicInteger();
  private final Map<String, Part> parts = new ConcurrentHashMap<>();

  /** Parts below the directory of a night. */
  JunitParts(Path night, AtomicFiles files) {
    this.directory = night.resolve(".junit");
    this.files = files;
  }

  /** Keeps the suite of an environment. */
  void put(String environment, JunitXml.Suite suite) throws IOException {
    files.directories(directory);
    Path file = directory.resolve(count.incrementAndGet() + ".xml");
    files.write(file, suite.text());
    parts.put(environment, new Part(file, suite.tally()));
  }

  /** Puts all of them together by name, and forgets them. */
  void write(Path file) throws IOException {
    List<Part> sorted = new ArrayList<>();
    parts.keySet().stream().sorted().forEach(name -> sorted.add(parts.get(name)));
    JunitTally all =
        sorted.stream().map(Part::tally).reduce(new JunitTally(0, 0, 0, 0, 0), JunitTally::plus);
    Path whole = files.temporary(file);
    try (BufferedWriter out = Files.newBufferedWriter(whole, StandardCharsets.UTF_8)) {
      out.write(JunitXml.head(all));
      for (Part part : sorted) {
        out.write(Files.readString(part.file()));
      }
      out.write(JunitXml.tail());
    }
    files.adopt(whole, file);
    for (Part part : sorted) {
      Files.deleteIfExists(part.file());
    }
    Files.deleteIfExists(directory);
  }
}
