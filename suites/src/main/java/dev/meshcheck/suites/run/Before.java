package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.settings.Program;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.baseline.Baselines;
import dev.meshcheck.reports.compare.RunFiles;
import dev.meshcheck.reports.history.HistoryFile;
import dev.meshcheck.reports.known.KnownFailures;
import dev.meshcheck.reports.known.KnownFailuresFile;
import dev.meshcheck.reports.known.KnownFailuresWriter;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.run.Expectations;
import dev.meshcheck.reports.run.ReportsOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What was known before a run: its baseline and its list of known failures. */
final class Before {

  private final Settings settings;

  Before(Settings settings) {
    this.settings = settings;
  }

  /**
   * What the settings expect.
   *
   * @param names of the targets that will be judged
   * @param targets keys of those that will be judged
   * @throws UsageException when a file that they name cannot be understood
   */
  Expectations expectations(Set<String> names, Set<String> targets) {
    checkWritable();
    List<String> catalogue = Suites.catalogue().stream().map(e -> e.info().id()).toList();
    Optional<HistoryFile> history = settings.reports().map(HistoryFile::new);
    return new Expectations(
        known(), baseline(names, targets), settings.failOnNew(), catalogue, history);
  }

  private Optional<KnownFailures> known() {
    return settings.knownFailures().map(KnownFailuresFile::read);
  }

  private Optional<RunReport> baseline(Set<String> names, Set<String> targets) {
    if (settings.baseline().isEmpty()) {
      if (settings.failOnNew()) {
        throw new UsageException(
            "--fail-on new needs a run to compare with; add --baseline last-passed or --baseline"
                + " accepted, or name a run");
      }
      return Optional.empty();
    }
    String word = settings.baseline().get();
    Optional<Path> reports = settings.reports();
    if (Baselines.WORDS.contains(word)) {
      // The first run of all has none; then everything is new.
      return new Baselines(
              reports.orElseThrow(
                  () ->
                      new UsageException(
                          "--baseline "
                              + word
                              + " looks into the reports, and --reports none keeps none;"
                              + " name a report.json, or a directory with --reports DIR")),
              settings.readers())
          .find(word, targets);
    }
    RunReport before = RunFiles.read(word, settings.workDirectory(), reports);
    Compare.checkTargets(before, names);
    return Optional.of(before);
  }

  /** What is to be said where the baseline that was asked for is none yet. */
  Optional<String> remark(Expectations expectations, String runId) {
    return settings
        .baseline()
        .filter(word -> expectations.baseline().isEmpty())
        .map(
            word ->
                word.equals(Baselines.ACCEPTED)
                    ? "no run of this environment is accepted, so every failure is new; to accept"
                        + " this one: "
                        + Program.name()
                        + " accept"
                        + ReportsOption.of(settings)
                        + " "
                        + runId
                    : "no earlier run judged this environment, so every failure is new");
  }

  /** What would be lost at the end of a long run is better said before it begins. */
  private void checkWritable() {
    Optional<Path> file = settings.writeKnownFailures().map(Path::toAbsolutePath);
    if (file.isPresent() && !canBeWritten(file.get())) {
      throw unwritable(file.get());
    }
  }

  /** Only writing shows it: what permissions say does not hold for root, nor below /proc. */
  private static boolean canBeWritten(Path file) {
    boolean there = Files.exists(file);
    if (there && !Files.isRegularFile(file)) {
      return false;
    }
    try {
      Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
      if (!there) {
        // Behind a link, the link stays.
        Files.delete(file.toRealPath());
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static UsageException unwritable(Path file) {
    return new UsageException(
        "the known failures cannot be written to " + file + "; name another file");
  }

  /**
   * Writes the failures of the run as a list, where the settings ask for it.
   *
   * @return what went wrong; the reports of the run stand, and it does not end with 0
   */
  Optional<String> write(RunReport report) {
    if (settings.writeKnownFailures().isEmpty()) {
      return Optional.empty();
    }
    Path file = settings.writeKnownFailures().get();
    LocalDate today = LocalDate.ofInstant(report.run().startedAt(), ZoneOffset.UTC);
    try {
      Files.writeString(file, KnownFailuresWriter.write(report, known(), today));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(unwritable(file).getMessage());
    }
  }
}
