package dev.meshcheck.reports.compare;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.meshcheck.fixtures.settings.TextFile;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.disk.Pointer;
import dev.meshcheck.reports.model.LaterFormatException;
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
    return read(
        find(word, workDirectory, reports)
            .orElseThrow(
                () ->
                    new UsageException(
                        "there is no report at '"
                            + word
                            + "'; name a report.json, its directory, the id of a run or 'latest'")));
  }

  private static RunReport read(Path file) {
    try {
      return ReportJson.read(TextFile.read(file));
    } catch (LaterFormatException e) {
      throw new UsageException(file + " cannot be read: " + e.getMessage());
    } catch (JsonProcessingException e) {
      throw new UsageException(file + " is no whole report.json of Meshcheck" + place(e));
    } catch (IOException e) {
      throw new UsageException(file + " is no report.json of Meshcheck");
    }
  }

  /** The report in that file; what was killed, or spoilt since, is nothing to compare with. */
  public static Optional<RunReport> whole(Path file) {
    try {
      return Optional.of(ReportJson.read(TextFile.read(file))).filter(r -> r.run().complete());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The report of a run that has ended, whole or cut short; nothing of one that goes on. */
  public static Optional<RunReport> ended(Path file) {
    try {
      return Optional.of(ReportJson.read(TextFile.read(file)))
          .filter(r -> r.run().finishedAt().isPresent());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String place(JsonProcessingException e) {
    JsonLocation where = e.getLocation();
    return where == null || where.getLineNr() < 1
        ? ""
        : ": line " + where.getLineNr() + ", column " + where.getColumnNr();
  }

  /** Whether a word names a run that is kept in the reports, and no file from elsewhere. */
  public static boolean isKept(String word, Optional<Path> reports) {
    return reports
        .map(
            directory ->
                word.equals(LATEST) || Files.isDirectory(directory.resolve("runs").resolve(word)))
        .orElse(false);
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

  private static Path latestDirectory(String word, Path reports) {
    return word.equals(LATEST) ? Pointer.target(reports.resolve(LATEST)) : reports.resolve(word);
  }
}
