package dev.meshcheck.reports.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/** The file behind the page of a job of GitHub Actions. */
public final class StepSummary {

  private static final String VARIABLE = "GITHUB_STEP_SUMMARY";

  private StepSummary() {}

  /** The file that these variables of a process name. */
  public static Optional<Path> of(Map<String, String> variables) {
    return Optional.ofNullable(variables.get(VARIABLE))
        .filter(path -> !path.isBlank())
        .map(Path::of);
  }

  /** Adds to the file, where there is one. */
  public static void append(Optional<Path> file, String summary) throws IOException {
    if (file.isPresent()) {
      Files.write(
          file.get(),
          (summary + "\n").getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }
}
