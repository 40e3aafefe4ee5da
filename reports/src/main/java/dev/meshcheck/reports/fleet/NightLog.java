package dev.meshcheck.reports.fleet;

import dev.meshcheck.fixtures.settings.Readers;
import dev.meshcheck.reports.history.HistoryFile;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.Tool;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.outcome.RunVerdict;
import dev.meshcheck.reports.render.JunitXml;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is known of a night so far. It keeps a few numbers of each run and forgets the rest, so that
 * memory does not grow with what was judged. Thread-safe.
 *
 * <p>Its files are in {@code <reports>/nights/<id>/}, those of the run of each environment in
 * {@code <reports>/environments/<name>/}, a reports directory of its own.
 */
public final class NightLog {

  private static final String UNASKED = "the night ended before it was asked";
  private static final String WAITING = "its turn comes yet";

  private final NightPlaces places;
  private final Readers readers;
  private final Night begun;
  private final List<Environment> planned;
  private final Map<String, EnvironmentReport> ended = new ConcurrentHashMap<>();
  private final Map<String, EnvironmentReport> waiting;
  private final NightFiles files;

  private NightLog(
      NightPlaces places,
      Night begun,
      List<Environment> planned,
      Readers readers,
      NightFiles files) {
    this.places = places;
    this.readers = readers;
    this.begun = begun;
    this.planned = planned.stream().sorted(Comparator.comparing(Environment::name)).toList();
    this.waiting =
        this.planned.stream()
            .map(this::waiting)
            .collect(Collectors.toMap(EnvironmentReport::name, Function.identity()));
    this.files = files;
  }

  /** Begins a night in this process. */
  public static NightLog open(Path reports, Night begun, List<Environment> planned, Readers readers)
      throws IOException {
    return open(reports, begun, planned, readers, System.getenv());
  }

  /**
   * Begins a night.
   *
   * @param reports the directory of all reports
   * @param begun without an end
   * @param planned the environments; their names differ
   * @param readers who may read the files
   * @param variables with {@code GITHUB_STEP_SUMMARY}, the summary is appended to that file
   * @throws IOException where the directory cannot be written to; nothing has been sent then
   */
  public static NightLog open(
      Path reports,
      Night begun,
      List<Environment> planned,
      Readers readers,
      Map<String, String> variables)
      throws IOException {
    checkNames(planned);
    NightPlaces places = new NightPlaces(reports);
    NightFiles files = NightFiles.open(places, begun.id(), readers, variables);
    NightLog log = new NightLog(places, begun, planned, readers, files);
    files.started(log::soFar);
    return log;
  }

  private static void checkNames(List<Environment> planned) {
    Set<String> names = planned.stream().map(Environment::name).collect(Collectors.toSet());
    if (names.size() < planned.size()) {
      throw new IllegalArgumentException("two environments of a fleet have the same name");
    }
  }

  /** Where the files of the night are. */
  public Path directory() {
    return files.directory();
  }

  /** The run of that environment has ended, and its own reports are written. */
  public void ended(Environment environment, RunReport report) {
    Optional<NightChange> change =
        report
            .change()
            .map(NightChange::of)
            .or(
                () ->
                    new HistoryFile(places.environment(environment.name()), readers)
                        .before(report)
                        .map(before -> NightChange.since(before, report)));
    keep(
        Digest.of(environment, report, change, places.page(begun.id(), environment.name(), report)),
        JunitXml.suite(environment.name(), report));
  }

  /** Nothing could be judged there; {@code why} is redacted already. */
  public void unjudged(Environment environment, ExitCode code, String why) {
    keepUnjudged(environment, code, RunVerdict.unasked(code), why);
  }

  private void keepUnjudged(
      Environment environment, ExitCode code, RunVerdict verdict, String why) {
    keep(
        EnvironmentReport.unjudged(environment, code, verdict, why),
        JunitXml.unjudged(environment.name(), why, verdict.toString()));
  }

  /** Remembers it for later nights, too. */
  private void keep(EnvironmentReport report, JunitXml.Suite suite) {
    NightsFile nights = new NightsFile(places.environment(report.name()), readers);
    List<PastNight> earlier = nights.last(PastNight.NIGHTS - 1);
    PastNight tonight = report.asPast(begun.id(), begun.startedAt());
    files.attempt("nights.jsonl", () -> nights.append(tonight));
    ended.put(report.name(), report.after(PastNight.followed(earlier, tonight)));
    files.suite(report.name(), suite);
    files.changed();
  }

  /**
   * Ends the night; what has not ended by now could not run.
   *
   * @param complete whether it came to its end by itself
   * @param code what the process exits with
   * @throws java.io.UncheckedIOException where files could not be written, after all others were
   */
  public FleetReport finish(Instant now, boolean complete, ExitCode code) {
    planned.stream()
        .filter(one -> !ended.containsKey(one.name()))
        .forEach(one -> keepUnjudged(one, ExitCode.INCOMPLETE, RunVerdict.NOT_ASKED, UNASKED));
    FleetReport report = report(begun.ended(now, complete, code));
    files.finished(report);
    return report;
  }

  /** What is known by now. */
  private FleetReport soFar() {
    return report(begun);
  }

  private FleetReport report(Night night) {
    return new FleetReport(
        FleetReport.SCHEMA_VERSION,
        Tool.current(),
        night,
        planned.stream()
            .map(one -> ended.getOrDefault(one.name(), waiting.get(one.name())))
            .toList());
  }

  private EnvironmentReport waiting(Environment one) {
    List<PastNight> earlier =
        new NightsFile(places.environment(one.name()), readers).last(PastNight.NIGHTS - 1);
    return EnvironmentReport.unjudged(one, ExitCode.INCOMPLETE, RunVerdict.WAITING, WAITING)
        .after(earlier);
  }
}
