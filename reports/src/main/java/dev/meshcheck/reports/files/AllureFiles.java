package dev.meshcheck.reports.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.meshcheck.reports.allure.AllureResults;
import dev.meshcheck.reports.disk.AtomicFiles;
import dev.meshcheck.reports.model.RunReport;
import io.qameta.allure.AllureResultsWriteException;
import io.qameta.allure.AllureResultsWriter;
import io.qameta.allure.FileSystemResultsWriter;
import io.qameta.allure.model.TestResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps allure-results in step with the run: what has not changed is not written again. Allure's
 * own writer writes; what it wrote is put in place whole, for the readers that the run has.
 */
final class AllureFiles {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final Path scratch;
  private final AtomicFiles files;
  private final Map<String, Integer> written = new HashMap<>();
  private boolean closed;

  AllureFiles(Path directory, AtomicFiles files) {
    this.directory = directory;
    this.scratch = directory.resolveSibling(".allure-results.tmp");
    this.files = files;
  }

  synchronized void write(RunReport report) throws IOException {
    if (closed) {
      // A refresh that began before the end must not undo the final results.
      return;
    }
    closed = report.run().complete();
    files.directories(directory);
    files.directories(scratch);
    try {
      AllureResultsWriter writer = new FileSystemResultsWriter(scratch);
      AllureResults results = new AllureResults(report);
      for (Map.Entry<String, String> file : results.files().entrySet()) {
        byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
        put(
            file.getKey(),
            Arrays.hashCode(content),
            () -> writer.write(file.getKey(), new ByteArrayInputStream(content)));
      }
      for (TestResult result : results.results()) {
        // What Allure calls equal has the same name, whatever became of it.
        int content = Arrays.hashCode(JSON.writeValueAsBytes(result));
        put(result.getUuid() + "-result.json", content, () -> writer.write(result));
      }
    } catch (AllureResultsWriteException e) {
      throw new IOException(directory + ": " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(scratch);
    }
  }

  private void put(String name, int content, Runnable write) throws IOException {
    Integer before = written.get(name);
    // At the end, what somebody removed meanwhile is written once more.
    if (before == null
        || before != content
        || (closed && Files.notExists(directory.resolve(name)))) {
      Path whole = scratch.resolve(name);
      try {
        write.run();
        files.adopt(whole, directory.resolve(name));
      } finally {
        // Where it failed, on a full disk or with too many open files, half of it may lie there.
        Files.deleteIfExists(whole);
      }
      written.put(name, content);
    }
  }
}
