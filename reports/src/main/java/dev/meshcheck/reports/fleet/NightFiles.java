package dev.meshcheck.reports.fleet;

import dev.meshcheck.fixtures.settings.Readers;
import dev.meshcheck.reports.disk.AtomicFiles;
import dev.meshcheck.reports.disk.Attempts;
import dev.meshcheck.reports.disk.StepSummary;
import dev.meshcheck.reports.render.JunitXml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Writes the files of a night. fleet.json is there from the start and refreshed at most every
 * second with index.html, so that a night that is killed leaves what was known; the others are
 * written at the end.
 */
final class NightFiles {

  private static final long REFRESH_MS = 1_000;

  private final Path directory;
  private final NightPlaces places;
  private final AtomicFiles files;
  private final JunitParts junit;
  private final Optional<Path> stepSummary;
  private final AtomicBoolean changed = new AtomicBoolean();
  private final Attempts attempts = new Attempts();
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "meshcheck-night");
            thread.setDaemon(true);
            return thread;
          });

  private boolean over;

  private NightFiles(
      Path directory, NightPlaces places, Readers readers, Optional<Path> stepSummary) {
    this.directory = directory;
    this.places = places;
    this.files = new AtomicFiles(readers);
    this.junit = new JunitParts(directory, files);
    this.stepSummary = stepSummary;
  }

  /** Makes the directory of a night. */
  static NightFiles open(
      NightPlaces places, String id, Readers readers, Map<String, String> variables)
      throws IOException {
    Path directory = readers.directories(places.night(id));
    Files.delete(Files.createTempFile(directory, ".writable", ""));
    return new NightFiles(directory, places, readers, StepSummary.of(variables));
  }

  Path directory() {
    return directory;
  }

  /** Writes what is known, now and as long as it changes. */
  void started(Supplier<FleetReport> soFar) throws IOException {
    write(soFar.get());
    link();
    // It ends with the writer; a refresh that fails is tried again, so nobody waits for it.
    ScheduledFuture<?> unused =
        writer.scheduleWithFixedDelay(
            () -> refresh(soFar), REFRESH_MS, REFRESH_MS, TimeUnit.MILLISECONDS);
  }

  /** Makes it the newest night. */
  void link() throws IOException {
    files.link(places.latest(), Path.of("nights").resolve(directory.getFileName()));
  }

  /** Keeps the suite of an environment. */
  void suite(String environment, JunitXml.Suite suite) {
    attempt("junit.xml", () -> junit.put(environment, suite));
  }

  /** Something is known that is not written yet. */
  void changed() {
    changed.set(true);
  }

  /** Writes; what cannot be written is told at the end, by its name. */
  void attempt(String name, Attempts.Writing writing) {
    attempts.attempt(name, writing);
  }

  /** Writes everything, and tells what could not be written. */
  void finished(FleetReport report) {
    writer.shutdown();
    attempt("the directory of the night", () -> files.directories(directory));
    attempt("fleet.json or index.html", () -> writeLast(report));
    String summary = FleetSummary.render(report);
    attempt("summary.md", () -> files.write(directory.resolve("summary.md"), summary));
    attempt(
        "metrics.prom",
        () -> files.write(directory.resolve("metrics.prom"), FleetMetrics.render(report)));
    attempt("junit.xml", () -> junit.write(directory.resolve("junit.xml")));
    attempt("GITHUB_STEP_SUMMARY", () -> StepSummary.append(stepSummary, summary));
    attempts.tell(directory);
  }

  private void refresh(Supplier<FleetReport> soFar) {
    if (changed.getAndSet(false)) {
      try {
        write(soFar.get());
      } catch (IOException | RuntimeException e) {
        // The next refresh, or the end of the night, writes it again and reports a failure.
        changed.set(true);
      }
    }
  }

  private synchronized void write(FleetReport report) throws IOException {
    // A refresh that began before the end must not undo the final report.
    if (!over) {
      files.write(directory.resolve(NightPlaces.FLEET), FleetJson.write(report));
      files.write(directory.resolve("index.html"), FleetPage.render(report));
    }
  }

  private synchronized void writeLast(FleetReport report) throws IOException {
    over = false;
    write(report);
    over = true;
  }
}
