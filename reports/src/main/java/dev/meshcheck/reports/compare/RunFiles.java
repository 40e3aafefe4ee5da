package dev.meshcheck.reports.compare;

import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.model.ReportJson;
import dev.meshcheck.reports.model.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the report.json that a user means. */
public final class RunFiles {

  /** The word for the newest run. */
  public static final String LATEST = "latest";

  private RunFiles() {}

  /**
   * The report that a word names: a report.json, a directory with one, the id of a run, or {@code
   * latest}.
   *
   * @param reports the directory of all reports, where there is one
   * @throws UsageException where there is no such report, or it cannot be understood
   */
  public static RunReport read(String word, Path workDirectory, Optional<Path> reports) {
    Path file =
        find(word, workDirectory, reports)
            .orElseThrow(
                () ->
                    new UsageException(
                        "there is no report at '"
                            + word
                            + "'; name a report.json, its directory, the id of a run or 'latest'"));
    try {
      RunReport report = ReportJson.read(Files.readString(file));
      if (report.run() == null || report.results() == null) {
        throw new IOException("no report");
      }
      return report;
    } catch (IOException e) {
      throw new UsageException(file + " is no report.json of Meshcheck");
    }
  }

  /** The newest finished run, if there is one. */
  public static Optional<RunReport> latest(Path reports) {
    return find(LATEST, reports, Optional.of(reports))
        .map(file -> read(file.toString(), reports, Optional.empty()));
  }

  private static Optional<Path> find(String word, Path workDirectory, Optional<Path> reports) {
    Path named = workDirectory.resolve(word);
    List<Path> places =
        reports.isEmpty()
            ? List.of(named, named.resolve("report.json"))
            : List.of(
                named,
                named.resolve("report.json"),
                reports.get().resolve("runs").resolve(word).resolve("report.json"),
                latestDirectory(word, reports.get()).resolve("report.json"));
    return places.stream().filter(Files::isRegularFile).findFirst();
  }

  /** Where links are not possible, {@code latest} is a file that says the path. */
  private static Path latestDirectory(String word, Path reports) {
    Path link = reports.resolve(LATEST);
    if (!word.equals(LATEST) || !Files.isRegularFile(link)) {
      return reports.resolve(word);
    }
    try {
      return reports.resolve(Files.readString(link).strip());
    } catch (IOException e) {
      return link;
    }
  }
}
