package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.compare.RunFiles;
import dev.meshcheck.reports.disk.AtomicFiles;
import dev.meshcheck.reports.fleet.NightDirectory;
import dev.meshcheck.reports.matrix.HostMatrix;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.text.Counted;
import dev.meshcheck.reports.text.Plain;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts the hosts of runs side by side: what each of them can do. */
final class Matrix {

  private Matrix() {}

  /** Writes matrix.html and matrix.md; without a directory of reports, prints the Markdown. */
  static ExitCode run(List<String> words, Settings settings, PrintWriter out) {
    HostMatrix matrix =
        HostMatrix.of(words.stream().flatMap(word -> runs(word, settings)).toList());
    if (matrix.columns().isEmpty()) {
      throw new UsageException(
          "these runs judged nobody, so there is nothing to put side by side: "
              + String.join(", ", words));
    }
    Optional<Path> reports = settings.reports();
    List<String> leftOut = words.stream().flatMap(word -> leftOut(word, settings)).toList();
    if (reports.isEmpty()) {
      out.print(matrix.markdown());
      tell(leftOut, out);
      return ExitCode.PASSED;
    }
    write(matrix, reports.get(), settings);
    out.println(matrix.headline());
    out.println("in " + reports.get().resolve("matrix.html") + ", and matrix.md beside it");
    tell(leftOut, out);
    return ExitCode.PASSED;
  }

  /** The run that a word names, or every run of the night that it names. */
  private static Stream<RunReport> runs(String word, Settings settings) {
    Path work = settings.workDirectory();
    Optional<NightDirectory> night = NightDirectory.find(word, work, settings.reports());
    return night.isPresent()
        ? night.get().reports().stream()
            .map(file -> RunFiles.read(file.toString(), work, Optional.empty()))
        : Stream.of(RunFiles.read(word, work, settings.reports()));
  }

  /** Environments of a night of which there is nothing to show, with why. */
  private static Stream<String> leftOut(String word, Settings settings) {
    return NightDirectory.find(word, settings.workDirectory(), settings.reports()).stream()
        .flatMap(night -> night.report().environments().stream())
        .filter(one -> one.report().isEmpty())
        .map(one -> one.name() + one.why().map(why -> ": " + why).orElse(""));
  }

  private static void tell(List<String> leftOut, PrintWriter out) {
    if (!leftOut.isEmpty()) {
      out.println("left out, for nobody judged them: " + Counted.of(leftOut.size(), "environment"));
      leftOut.forEach(one -> out.println("  " + Plain.line(one, 300)));
    }
  }

  private static void write(HostMatrix matrix, Path reports, Settings settings) {
    AtomicFiles files = new AtomicFiles(settings.readers());
    try {
      files.directories(reports);
      files.write(reports.resolve("matrix.html"), matrix.html());
      files.write(reports.resolve("matrix.md"), matrix.markdown());
    } catch (IOException e) {
      throw new UsageException(
          "matrix.html cannot be written to "
              + reports
              + "; name another directory with --reports DIR, or print it with --reports none");
    }
  }
}
