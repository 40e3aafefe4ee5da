package dev.meshcheck.reports.fleet;

import dev.meshcheck.fixtures.settings.Readers;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.model.Tool;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.outcome.RunVerdict;
import dev.meshcheck.reports.render.JunitXml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Puts nights together that judged parts of a fleet, as if one process had judged all of it. */
public final class NightMerge {

  private static final String KILLED = "its night did not come to its end";

  private final List<NightDirectory> nights;
  private final NightPlaces places;
  private final String id;

  private NightMerge(List<NightDirectory> nights, NightPlaces places, String id) {
    this.nights = List.copyOf(nights);
    this.places = places;
    this.id = id;
  }

  /**
   * A night that was put together.
   *
   * @param directory where its files are
   * @param report what it says
   * @param missing shards that nobody named, such as {@code 3/4}
   */
  public record Merged(Path directory, FleetReport report, List<Night.Shard> missing) {}

  /**
   * Writes the night of all of them.
   *
   * @param nights at least one
   * @param reports the directory of all reports
   * @param id of the new night
   * @param readers who may read the files
   * @param variables of the process, see {@link NightLog#open}
   * @throws UsageException where an environment or a shard is there twice, or they are shards of
   *     different fleets
   * @throws IOException where nothing can be written there
   */
  public static Merged of(
      List<NightDirectory> nights,
      Path reports,
      String id,
      Readers readers,
      Map<String, String> variables)
      throws IOException {
    return new NightMerge(nights, new NightPlaces(reports), id).write(readers, variables);
  }

  private Merged write(Readers readers, Map<String, String> variables) throws IOException {
    List<Night.Shard> missing = missing();
    checkNames();
    NightFiles files = NightFiles.open(places, id, readers, variables);
    FleetReport report =
        new FleetReport(
            FleetReport.SCHEMA_VERSION,
            Tool.current(),
            night(missing),
            environments(files.directory()));
    for (NightDirectory night : nights) {
      Map<String, JunitXml.Suite> suites = suites(night);
      for (EnvironmentReport one : night.report().environments()) {
        files.suite(
            one.name(),
            suites.getOrDefault(
                one.name(), JunitXml.unjudged(one.name(), KILLED, one.verdict().toString())));
      }
    }
    files.link();
    files.finished(report);
    return new Merged(files.directory(), report, missing);
  }

  private static Map<String, JunitXml.Suite> suites(NightDirectory night) throws IOException {
    Path file = night.directory().resolve("junit.xml");
    return Files.isRegularFile(file) ? JunitSuites.read(file) : Map.of();
  }

  /** Refuses an environment that is there twice: nobody could say which of the two is right. */
  private void checkNames() {
    Map<String, NightDirectory> owners = new TreeMap<>();
    for (NightDirectory night : nights) {
      for (EnvironmentReport one : night.report().environments()) {
        NightDirectory other = owners.put(one.name(), night);
        if (other != null) {
          throw new UsageException(
              "environment '"
                  + one.name()
                  + "' is in "
                  + other.directory()
                  + " and in "
                  + night.directory()
                  + "; name each part of a fleet once");
        }
      }
    }
  }

  /** The shards that are not there. */
  private List<Night.Shard> missing() {
    Map<Integer, NightDirectory> shards = new TreeMap<>();
    for (NightDirectory night : nights) {
      Optional<Night.Shard> shard = night.report().night().shard();
      if (!shard.map(Night.Shard::of).equals(first().map(Night.Shard::of))) {
        throw new UsageException(
            "%s is %s, and %s is %s; merge the shards of one night"
                .formatted(
                    nights.get(0).directory(), words(first()), night.directory(), words(shard)));
      }
      if (shard.isPresent()) {
        NightDirectory other = shards.put(shard.get().index(), night);
        if (other != null) {
          throw new UsageException(
              "shard %s is in %s and in %s; name each part of a fleet once"
                  .formatted(shard.get(), other.directory(), night.directory()));
        }
      }
    }
    return first()
        .map(Night.Shard::of)
        .map(
            of ->
                IntStream.rangeClosed(1, of)
                    .filter(index -> !shards.containsKey(index))
                    .mapToObj(index -> new Night.Shard(index, of))
                    .toList())
        .orElse(List.of());
  }

  private Optional<Night.Shard> first() {
    return nights.get(0).report().night().shard();
  }

  private static String words(Optional<Night.Shard> shard) {
    return shard.map(s -> "shard " + s).orElse("no shard");
  }

  private Night night(List<Night.Shard> missing) {
    List<Night> all = nights.stream().map(n -> n.report().night()).toList();
    List<String> notes = new ArrayList<>();
    all.forEach(n -> n.notes().stream().filter(t -> !notes.contains(t)).forEach(notes::add));
    missing.forEach(shard -> notes.add("shard " + shard + " is missing"));
    List<ExitCode> codes =
        all.stream().map(n -> n.exitCode().map(ExitCode::of).orElse(ExitCode.INCOMPLETE)).toList();
    ExitCode code = missing.isEmpty() ? ExitCode.worst(codes) : ExitCode.INCOMPLETE;
    return new Night(
        id,
        all.stream().map(Night::startedAt).min(Comparator.naturalOrder()).orElseThrow(),
        all.stream().flatMap(n -> n.finishedAt().stream()).max(Comparator.<Instant>naturalOrder()),
        missing.isEmpty() && all.stream().allMatch(Night::complete),
        Optional.of(code.code()),
        Optional.empty(),
        List.copyOf(notes));
  }

  private List<EnvironmentReport> environments(Path directory) {
    return nights.stream()
        .flatMap(night -> environments(night, directory))
        .sorted(Comparator.comparing(EnvironmentReport::name))
        .toList();
  }

  private static Stream<EnvironmentReport> environments(NightDirectory night, Path directory) {
    return night.report().environments().stream()
        .map(
            one ->
                one.verdict() == RunVerdict.WAITING
                    ? EnvironmentReport.unjudged(
                            new Environment(one.name(), one.labels()),
                            ExitCode.INCOMPLETE,
                            RunVerdict.NOT_ASKED,
                            KILLED)
                        .after(one.nights())
                    : one.leadingTo(page(one, night.directory(), directory)));
  }

  /** The same file from the new directory, where it came along. */
  private static Optional<String> page(EnvironmentReport one, Path from, Path to) {
    return one.report()
        .map(path -> from.resolve(path).normalize())
        .filter(Files::isRegularFile)
        .map(file -> NightPlaces.slashed(real(to).relativize(file)));
  }

  private static Path real(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      return directory.toAbsolutePath();
    }
  }
}
