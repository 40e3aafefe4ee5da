package dev.meshcheck.reports.baseline;

import dev.meshcheck.fixtures.settings.Readers;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.compare.RunFiles;
import dev.meshcheck.reports.disk.AtomicFiles;
import dev.meshcheck.reports.history.HistoryFile;
import dev.meshcheck.reports.history.PastRun;
import dev.meshcheck.reports.model.ReportJson;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The runs that later runs of the same environment are compared with. A gate stands on {@code
 * accepted} or {@code last-passed}: with {@code latest}, what failed last night is old tonight.
 */
public final class Baselines {

  /** The word for the newest run that somebody accepted. */
  public static final String ACCEPTED = "accepted";

  /** The word for the newest run that ended with 0. */
  public static final String LAST_PASSED = "last-passed";

  /** All words that name a baseline by its part, not by its id. */
  public static final List<String> WORDS = List.of(ACCEPTED, LAST_PASSED, RunFiles.LATEST);

  private final Path reports;
  private final AtomicFiles files;

  /**
   * The baselines in that directory of reports.
   *
   * @param readers who may read what is kept here
   */
  public Baselines(Path reports, Readers readers) {
    this.reports = reports;
    this.files = new AtomicFiles(readers);
  }

  /**
   * The run that a word stands for; none where there is none yet.
   *
   * @param word one of {@link #WORDS}
   * @param keys of the targets that are judged now
   * @throws UsageException where the files of earlier runs cannot be read
   */
  public Optional<RunReport> find(String word, Set<String> keys) {
    return switch (word) {
      case ACCEPTED -> accepted(keys);
      case LAST_PASSED ->
          newest(keys, run -> run.exitCode().equals(Optional.of(ExitCode.PASSED.code())));
      case RunFiles.LATEST -> newest(keys, run -> true);
      default -> throw new IllegalArgumentException(word + " is no word for a baseline");
    };
  }

  private Optional<RunReport> newest(Set<String> keys, Predicate<PastRun> wanted) {
    return new HistoryFile(reports)
        .runs().stream()
            .filter(run -> run.judged(keys))
            .filter(wanted)
            .map(run -> reports.resolve("runs").resolve(run.id()).resolve("report.json"))
            .flatMap(file -> RunFiles.whole(file).stream())
            .findFirst();
  }

  private Optional<RunReport> accepted(Set<String> keys) {
    return kept().stream()
        .flatMap(file -> RunFiles.whole(file).stream())
        .filter(run -> PastRun.of(run).judged(keys))
        .max(Comparator.comparing(run -> run.run().startedAt()));
  }

  /**
   * Accepts a run: a copy is kept, which takes the place of what was accepted of the same targets.
   *
   * @return the copy
   * @throws IOException where it cannot be written
   */
  public Path accept(RunReport run) throws IOException {
    Set<String> keys = PastRun.of(run).targets();
    Path copy = files.directories(directory()).resolve(run.run().id() + ".json");
    files.write(copy, ReportJson.write(run));
    for (Path other : kept()) {
      boolean same =
          RunFiles.whole(other).filter(r -> PastRun.of(r).targets().equals(keys)).isPresent();
      if (same && !other.equals(copy)) {
        Files.delete(other);
      }
    }
    return copy;
  }

  private List<Path> kept() {
    if (!Files.isDirectory(directory())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory())) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new UsageException("the accepted runs in " + directory() + " cannot be listed");
    }
  }

  private Path directory() {
    return reports.resolve(ACCEPTED);
  }
}
