package dev.meshcheck.reports.files;

import dev.meshcheck.reports.allure.AllureResults;
import dev.meshcheck.reports.model.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Keeps allure-results in step with the run: what has not changed is not written again. */
final class AllureFiles {

  private final Path directory;
  private final Map<String, Integer> written = new HashMap<>();
  private boolean closed;

  AllureFiles(Path directory) {
    this.directory = directory;
  }

  synchronized void write(RunReport report) throws IOException {
    if (closed) {
      // A refresh that began before the end must not undo the final results.
      return;
    }
    closed = report.run().complete();
    Files.createDirectories(directory);
    for (Map.Entry<String, String> file : AllureResults.files(report).entrySet()) {
      Integer content = file.getValue().hashCode();
      Path path = directory.resolve(file.getKey());
      // At the end, what somebody removed meanwhile is written once more.
      if (!content.equals(written.put(file.getKey(), content)) || (closed && !Files.exists(path))) {
        AtomicFiles.write(path, file.getValue());
      }
    }
  }
}
