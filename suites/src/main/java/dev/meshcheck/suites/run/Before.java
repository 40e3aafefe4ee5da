package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.compare.RunFiles;
import dev.meshcheck.reports.history.HistoryFile;
import dev.meshcheck.reports.known.KnownFailures;
import dev.meshcheck.reports.known.KnownFailuresFile;
import dev.meshcheck.reports.known.KnownFailuresWriter;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.run.Expectations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** What was known before a run: its baseline and its list of known failures. */
final class Before {

  private final Settings settings;

  Before(Settings settings) {
    this.settings = settings;
  }

  /**
   * What the settings expect.
   *
   * @throws UsageException when a file that they name cannot be understood
   */
  Expectations expectations() {
    List<String> catalogue = Suites.catalogue().stream().map(e -> e.info().id()).toList();
    Optional<HistoryFile> history = settings.reports().map(HistoryFile::new);
    return new Expectations(known(), baseline(), settings.failOnNew(), catalogue, history);
  }

  private Optional<KnownFailures> known() {
    return settings.knownFailures().map(KnownFailuresFile::read);
  }

  private Optional<RunReport> baseline() {
    if (settings.baseline().isEmpty()) {
      if (settings.failOnNew()) {
        throw new UsageException(
            "--fail-on new needs a run to compare with; add --baseline latest, or name a run");
      }
      return Optional.empty();
    }
    String word = settings.baseline().get();
    Optional<Path> reports = settings.reports();
    if (word.equals(RunFiles.LATEST)) {
      // The first run of all has none; then everything is new.
      return reports.flatMap(RunFiles::latest);
    }
    return Optional.of(RunFiles.read(word, settings.workDirectory(), reports));
  }

  /** Writes the failures of the run as a list, where the settings ask for it. */
  void write(RunReport report) {
    if (settings.writeKnownFailures().isEmpty()) {
      return;
    }
    Path file = settings.writeKnownFailures().get();
    LocalDate today = LocalDate.ofInstant(report.run().startedAt(), ZoneOffset.UTC);
    try {
      Files.writeString(file, KnownFailuresWriter.write(report, known(), today));
    } catch (IOException e) {
      throw new UsageException(
          "the known failures cannot be written to " + file + "; name another file");
    }
  }
}
