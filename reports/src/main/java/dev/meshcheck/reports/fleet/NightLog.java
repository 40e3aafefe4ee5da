package dev.meshcheck.reports.fleet;

import dev.meshcheck.fixtures.settings.Readers;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.Tool;
import dev.meshcheck.reports.outcome.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of a night so far. It keeps a few numbers of each run and forgets the rest, so that
 * memory does not grow with what was judged. Thread-safe.
 *
 * <p>Its files are in {@code <reports>/nights/<id>/}, those of the run of each environment in
 * {@code <reports>/environments/<name>/}, a reports directory of its own.
 */
public final class NightLog {

  private static final String UNASKED = "the night ended before it was asked";

  private final Path directory;
  private final Night begun;
  private final List<Environment> planned;
  private final Map<String, EnvironmentReport> ended = new ConcurrentHashMap<>();

  private NightLog(Path directory, Night begun, List<Environment> planned) {
    this.directory = directory;
    this.begun = begun;
    this.planned = List.copyOf(planned);
  }

  /**
   * Begins a night.
   *
   * @param reports the directory of all reports
   * @param begun without an end
   * @param planned the environments, in the order of the targets file
   * @param readers who may read the files
   * @throws IOException where the directory cannot be written to; nothing has been sent then
   */
  public static NightLog open(Path reports, Night begun, List<Environment> planned, Readers readers)
      throws IOException {
    Path directory = readers.directories(reports.resolve("nights").resolve(begun.id()));
    return new NightLog(directory, begun, planned);
  }

  /** Where the files of the night are. */
  public Path directory() {
    return directory;
  }

  /** The run of that environment has ended, and its own reports are written. */
  public void ended(Environment environment, RunReport report) {
    ended.put(environment.name(), EnvironmentReport.of(environment, report));
  }

  /** Nothing could be judged there; {@code why} is redacted already. */
  public void unjudged(Environment environment, ExitCode code, String why) {
    ended.put(environment.name(), EnvironmentReport.unjudged(environment, code, why));
  }

  /**
   * Ends the night; what has not ended by now could not run.
   *
   * @param complete whether it came to its end by itself
   * @param code what the process exits with
   */
  public FleetReport finish(Instant now, boolean complete, ExitCode code) {
    Night night =
        new Night(
            begun.id(),
            begun.startedAt(),
            Optional.of(now),
            complete,
            Optional.of(code.code()),
            begun.shard(),
            begun.notes());
    return new FleetReport(FleetReport.SCHEMA_VERSION, Tool.current(), night, environments());
  }

  private List<EnvironmentReport> environments() {
    return planned.stream()
        .map(
            one ->
                ended.getOrDefault(
                    one.name(), EnvironmentReport.unjudged(one, ExitCode.INCOMPLETE, UNASKED)))
        .toList();
  }
}
