package dev.meshcheck.reports.files;

import dev.meshcheck.fixtures.settings.Readers;
import dev.meshcheck.fixtures.settings.ReportFormat;
import dev.meshcheck.reports.badge.Badge;
import dev.meshcheck.reports.disk.AtomicFiles;
import dev.meshcheck.reports.disk.Attempts;
import dev.meshcheck.reports.disk.StepSummary;
import dev.meshcheck.reports.fleet.RunMetrics;
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
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
  private boolean removed;

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
    ReportFiles files =
        new ReportFiles(reports, directory, StepSummary.of(environment), readers, formats);
    Files.delete(Files.createTempFile(directory, ".writable", ""));
    return files;
  }

  /** Where the files of the run are. */
  public Path directory() {
    return directory;
  }

  @Override
  public void started(RunReport report) {
    // What fails now is tried again at the end, which tells it.
    Attempts attempts = new Attempts();
    attempts.attempt("report.json", () -> writeJson(report));
    attempts.attempt("latest", this::linkLatest);
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
    makeAgain();
    String summary = SummaryMarkdown.render(report);
    Attempts attempts = new Attempts();
    // The page costs as much as all the others together.
    CompletableFuture<Void> page =
        CompletableFuture.runAsync(
            () -> write(attempts, ReportFormat.HTML, "report.html", () -> html(report)));
    attempts.attempt("report.json", () -> writeLastJson(report));
    write(attempts, ReportFormat.JUNIT, "junit.xml", () -> JunitXml.render(report));
    write(attempts, ReportFormat.SUMMARY, "summary.md", () -> summary);
    write(attempts, ReportFormat.HAR, "exchanges.har", () -> HarFile.render(report));
    write(attempts, ReportFormat.METRICS, "metrics.prom", () -> RunMetrics.of(report).text());
    write(attempts, ReportFormat.BADGE, "badge.svg", () -> Badge.of(report).svg());
    write(attempts, ReportFormat.BADGE, "badge.json", () -> Badge.of(report).json());
    attempts.attempt("allure-results", () -> writeAllure(report));
    page.join();
    boolean taken = Files.isDirectory(latest, LinkOption.NOFOLLOW_LINKS);
    attempts.attempt("latest", this::linkLatestIfGone);
    attempts.attempt("history.jsonl", () -> appendHistory(report));
    attempts.attempt("GITHUB_STEP_SUMMARY", () -> StepSummary.append(stepSummary, summary));
    attempts.tell(directory);
    if (taken) {
      // It is somebody's, and may hold what they want to keep.
      throw new UncheckedIOException(
          "%s is a directory and no link, so 'latest' does not find this run; move it away, or name the run: %s"
              .formatted(latest, directory.getFileName()),
          new FileAlreadyExistsException(latest.toString()));
    }
    if (removed) {
      throw new UncheckedIOException(
          "somebody removed %s while the run went on; its reports are written anew"
              .formatted(directory),
          new NoSuchFileException(directory.toString()));
    }
  }

  private void linkLatest() throws IOException {
    files.link(latest, Path.of("runs").resolve(directory.getFileName()));
  }

  private void linkLatestIfGone() throws IOException {
    if (Files.notExists(latest, LinkOption.NOFOLLOW_LINKS)) {
      linkLatest();
    }
  }

  /** Somebody may tidy up while a run goes on. */
  private synchronized void makeAgain() {
    if (Files.isDirectory(directory)) {
      return;
    }
    removed = true;
    try {
      files.directories(directory);
    } catch (IOException e) {
      // Then nothing can be written, and each file says so.
    }
  }

  private void write(Attempts attempts, ReportFormat format, String name, Supplier<String> text) {
    if (formats.contains(format)) {
      attempts.attempt(name, () -> files.write(directory.resolve(name), text.get()));
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
                makeAgain();
                RunReport report = progress.snapshot().get();
                try {
                  writeAllure(report);
                } finally {
                  writeJson(report);
                }
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
}
