package dev.meshcheck.reports.baseline;

import dev.meshcheck.reports.compare.RunFiles;
import dev.meshcheck.reports.disk.Directories;
import dev.meshcheck.reports.history.PastRun;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Removes old runs, and none that a later one may be compared with. An environment is the targets
 * that a run judged; history.jsonl keeps its lines.
 */
public final class Retention {

  private final Path reports;

  /** Of the runs in that directory of reports. */
  public Retention(Path reports) {
    this.reports = reports;
  }

  /**
   * Removes all but the newest runs of each environment. The newest that passed stays, and so do
   * accepted runs, the newest of all, and what has not ended.
   *
   * @param newest how many of each environment stay, at least 1
   * @param needed ids of other runs that stay
   * @return the ids of what was removed
   * @throws IOException where one cannot be removed; the others are
   */
  public List<String> keep(int newest, Set<String> needed) throws IOException {
    Set<String> stay = new HashSet<>(needed);
    stay.addAll(accepted());
    latest().ifPresent(stay::add);
    List<String> removed = new ArrayList<>();
    List<IOException> failures = new ArrayList<>();
    for (List<PastRun> environment : byEnvironment().values()) {
      environment.stream().limit(newest).map(PastRun::id).forEach(stay::add);
      environment.stream()
          .filter(run -> run.exitCode().equals(Optional.of(ExitCode.PASSED.code())))
          .findFirst()
          .map(PastRun::id)
          .ifPresent(stay::add);
      for (PastRun run : environment) {
        if (!stay.contains(run.id())) {
          try {
            Directories.remove(directory(run.id()));
            removed.add(run.id());
          } catch (IOException e) {
            failures.add(e);
          }
        }
      }
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
    return List.copyOf(removed);
  }

  /** The runs that have ended, the newest first, by whom they judged. */
  private Map<Set<String>, List<PastRun>> byEnvironment() throws IOException {
    if (!Files.isDirectory(reports.resolve("runs"))) {
      return Map.of();
    }
    try (Stream<Path> directories = Files.list(reports.resolve("runs"))) {
      return directories
          .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .filter(path -> path.getFileName().toString().matches(RunId.FORM))
          .sorted(Comparator.comparing(Path::getFileName).reversed())
          .flatMap(path -> RunFiles.ended(path.resolve("report.json")).stream())
          .map(PastRun::of)
          .collect(
              Collectors.groupingBy(PastRun::targets, LinkedHashMap::new, Collectors.toList()));
    }
  }

  private Set<String> accepted() throws IOException {
    Path directory = reports.resolve(Baselines.ACCEPTED);
    if (!Files.isDirectory(directory)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("\\.json$", ""))
          .collect(Collectors.toSet());
    }
  }

  private Optional<String> latest() {
    try {
      return Optional.of(reports.resolve(RunFiles.LATEST).toRealPath().getFileName().toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Path directory(String id) {
    return reports.resolve("runs").resolve(id);
  }
}
