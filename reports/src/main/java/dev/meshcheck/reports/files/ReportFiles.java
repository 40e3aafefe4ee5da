package dev.meshcheck.reports.files;

import dev.meshcheck.fixtures.settings.Readers;
import dev.meshcheck.fixtures.settings.ReportFormat;
import dev.meshcheck.reports.har.HarFile;
import dev.meshcheck.reports.history.HistoryFile;
import dev.meshcheck.reports.html.HtmlReport;
import dev.meshcheck.reports.model.ReportJson;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.render.JunitXml;
import dev.meshcheck.reports.render.SummaryMarkdown;
import dev.meshcheck.reports.run.Progress;
import dev.meshcheck.reports.run.RunObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Writes a run's files below {@code <reports>/runs/<run id>/}. report.json is there from the start
 * and refreshed at most every second with allure-results, so that a killed run leaves valid partial
 * reports; the other files are written at the end.
 */
public final class ReportFiles implements RunObserver {

  private static final long REFRESH_MS = 1_000;

  private final Path directory;
  private final Path latest;
  private final AtomicFiles files;
  private final Optional<Path> stepSummary;
  private final AllureFiles allure;
  private final Set<ReportFormat> formats;
  private final HistoryFile history;
  private final AtomicReference<Optional<Progress>> unwritten =
      new AtomicReference<>(Optional.empty());
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "meshcheck-reports");
            thread.setDaemon(true);
            return thread;
          });

  private boolean over;

  private ReportFiles(
      Path reports,
      Path directory,
      Optional<Path> stepSummary,
      Readers readers,
      Set<ReportFormat> formats) {
    this.directory = directory;
    this.files = new AtomicFiles(readers);
    this.latest = reports.resolve("latest");
    this.history = new HistoryFile(reports, readers);
    this.stepSummary = stepSummary;
    this.formats = formats;
    this.allure = new AllureFiles(directory.resolve("allure-results"), files);
  }

  /**
   * Makes the directory of a run.
   *
   * @param reports the directory of all reports; for {@code --reports none} open nothing at all
   * @param runId see {@link dev.meshcheck.reports.run.RunId}
   * @param environment with {@code GITHUB_STEP_SUMMARY}, the summary is appended to that file
   * @param readers who may read the files
   * @param formats what is written; report.json always is
   * @throws IOException where it cannot be written to; nothing has been sent then
   */
  public static ReportFiles open(
      Path reports,
      String runId,
      Map<String, String> environment,
      Readers readers,
      Set<ReportFormat> formats)
      throws IOException {
    Path directory = readers.directories(reports.resolve("runs").resolve(runId));
    Optional<Path> stepSummary =
        Optional.ofNullable(environment.get("GITHUB_STEP_SUMMARY"))
            .filter(path -> !path.isBlank())
            .map(Path::of);
    ReportFiles files = new ReportFiles(reports, directory, stepSummary, readers, formats);
    Files.delete(Files.createTempFile(directory, ".writable", ""));
    return files;
  }

  /** Where the files of the run are. */
  public Path directory() {
    return directory;
  }

  @Override
  public void started(RunReport report) {
    allOf(
        () -> writeJson(report),
        () -> files.link(latest, Path.of("runs").resolve(directory.getFileName())));
    // It ends with the writer; a refresh that fails is tried again, so nobody waits for it.
    ScheduledFuture<?> unused =
        writer.scheduleWithFixedDelay(this::refresh, REFRESH_MS, REFRESH_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void progressed(Progress progress) {
    unwritten.set(Optional.of(progress));
  }

  @Override
  public void finished(RunReport report) {
    stopRefreshing();
    String summary = SummaryMarkdown.render(report);
    allOf(
        () -> writeLastJson(report),
        () -> write(ReportFormat.JUNIT, "junit.xml", () -> JunitXml.render(report)),
        () -> write(ReportFormat.SUMMARY, "summary.md", () -> summary),
        () -> write(ReportFormat.HTML, "report.html", () -> html(report)),
        () -> write(ReportFormat.HAR, "exchanges.har", () -> HarFile.render(report)),
        () -> writeAllure(report),
        () -> appendHistory(report),
        () -> appendStepSummary(summary));
  }

  private void write(ReportFormat format, String name, Supplier<String> text) throws IOException {
    if (formats.contains(format)) {
      files.write(directory.resolve(name), text.get());
    }
  }

  private void writeAllure(RunReport report) throws IOException {
    if (formats.contains(ReportFormat.ALLURE)) {
      allure.write(report);
    }
  }

  private String html(RunReport report) {
    return HtmlReport.render(report, history.upTo(report));
  }

  private void refresh() {
    unwritten
        .getAndSet(Optional.empty())
        .ifPresent(
            progress -> {
              try {
                RunReport report = progress.snapshot().get();
                writeAllure(report);
                writeJson(report);
              } catch (IOException | RuntimeException e) {
                // The next refresh, or the end of the run, writes it again and reports a failure.
                unwritten.compareAndSet(Optional.empty(), Optional.of(progress));
              }
            });
  }

  private void stopRefreshing() {
    unwritten.set(Optional.empty());
    writer.shutdown();
  }

  private synchronized void writeJson(RunReport report) throws IOException {
    // A refresh that began before the end must not undo the final report.
    if (!over) {
      files.write(directory.resolve("report.json"), ReportJson.write(report));
    }
  }

  private synchronized void writeLastJson(RunReport report) throws IOException {
    over = false;
    writeJson(report);
    over = true;
  }

  /** What was cut short says nothing of the checks that it did not come to. */
  private void appendHistory(RunReport report) throws IOException {
    if (report.run().complete()) {
      history.append(report);
    }
  }

  private void appendStepSummary(String summary) throws IOException {
    if (stepSummary.isPresent()) {
      Files.write(
          stepSummary.get(),
          (summary + "\n").getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  /** A file to write. */
  private interface Job {
    void run() throws IOException;
  }

  /** Does every job, whatever becomes of the others, and then says what went wrong. */
  private static void allOf(Job... jobs) {
    List<IOException> failures = new ArrayList<>();
    for (Job job : jobs) {
      try {
        job.run();
      } catch (IOException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw new UncheckedIOException(
          "cannot write " + failures.get(0).getMessage(), failures.get(0));
    }
  }
}
