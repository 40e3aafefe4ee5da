package dev.meshcheck.suites.fleet;

import dev.meshcheck.fixtures.settings.Found;
import dev.meshcheck.fixtures.settings.Found.Layer;
import dev.meshcheck.fixtures.settings.Program;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.SettingsReader;
import dev.meshcheck.fixtures.settings.Sources;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.fixtures.targets.Entry;
import dev.meshcheck.fixtures.targets.Scope;
import dev.meshcheck.fixtures.targets.TargetsFile;
import dev.meshcheck.reports.fleet.Environment;
import dev.meshcheck.reports.fleet.Night.Shard;
import dev.meshcheck.suites.check.Catalogue;
import dev.meshcheck.suites.run.Selection;
import dev.meshcheck.suites.run.Suites;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The environments of a night, with what holds for all of them.
 *
 * @param process flags, properties and variables
 * @param whole the settings of the night itself, such as where its reports go
 * @param inFile how many environments the file has
 * @param entries those that this process judges
 * @param shard which part of the night they are, where it is a part
 */
public record Fleet(
    Sources process, Settings whole, int inFile, List<Entry> entries, Optional<Shard> shard) {

  /** Longer, and nobody waits for one environment; an environment or a flag may say otherwise. */
  private static final String DEADLINE = "600";

  /** Many environments at once make up for few requests at each. */
  private static final String PARALLEL = "4";

  /** Keeps a copy. */
  public Fleet {
    entries = List.copyOf(entries);
  }

  /**
   * The fleet that a command names.
   *
   * @throws UsageException where the file, the flags or the selection are wrong
   */
  public static Fleet of(NightlyCommand command, Sources process) {
    Fleet all = all(command.targets(), process, "nightly", List.of());
    List<Entry> chosen = Chosen.of(all.entries(), command.globs(), command.labels());
    Optional<Shard> shard = Shards.of(command.shard(), process.environment());
    List<Entry> mine =
        chosen.stream()
            .filter(entry -> shard.stream().allMatch(one -> Shards.isOf(one, entry.name())))
            .toList();
    return new Fleet(process, all.whole(), all.inFile(), mine, shard);
  }

  /**
   * Every environment of a file, whatever part of it a scheduler means.
   *
   * @param command what judges them, as its settings call it
   * @param more what that command decides for itself as a whole
   * @throws UsageException where the file or the flags are wrong
   */
  public static Fleet all(String targets, Sources process, String command, List<Found> more) {
    refuseOfOne(process);
    List<Entry> all =
        TargetsFile.read(process.path(targets, "--targets '" + targets + "'"), targets);
    // No variable names a host for all of them.
    Found name = new Found(Setting.NAME, command, Layer.TARGETS, "of " + command, List.of());
    Settings whole =
        SettingsReader.read(process.with(Stream.concat(Stream.of(name), more.stream()).toList()));
    Fleet fleet = new Fleet(process, whole, all.size(), all, Optional.empty());
    // All of them: what is wrong in the file is wrong on every machine.
    List<Catalogue.Entry> catalogue = Suites.catalogue();
    all.forEach(entry -> fleet.check(entry, catalogue));
    return fleet;
  }

  private static void refuseOfOne(Sources process) {
    Arrays.stream(Setting.values())
        .filter(Scope::isOfOneEnvironment)
        .forEach(
            setting -> {
              boolean flag = process.flags().containsKey(setting);
              if (flag || process.properties().containsKey(setting.toString())) {
                throw new UsageException(
                    "%s%s is of one environment; write it into the targets file, or judge that one alone with %s verify"
                        .formatted(flag ? "--" : "-D", setting, Program.name()));
              }
            });
  }

  /** What a run of its own would refuse before it sends anything, where the file says it. */
  private void check(Entry entry, List<Catalogue.Entry> catalogue) {
    Settings settings = settings(entry.inItself(), Optional.empty());
    try {
      Selection unused = Selection.of(settings, catalogue);
    } catch (UsageException e) {
      throw entry.mistake(e.getMessage());
    }
    if (settings.failOnNew() && settings.baseline().isEmpty()) {
      throw entry.mistake(
          "fail-on new needs something to compare with; say baseline: last-passed or accepted");
    }
  }

  /**
   * The settings of an environment.
   *
   * @param reports a reports directory of its own, where it has one
   * @throws UsageException where something that it needs is not there, such as a secret
   */
  Settings settings(Entry entry, Optional<Path> reports) {
    return settings(
        entry,
        Stream.concat(
                reports.stream()
                    .map(path -> found(Setting.REPORTS, path.toString(), Layer.FLAG, "of nightly")),
                Stream.of(
                    found(Setting.RUN_TIMEOUT, DEADLINE, Layer.DEFAULT, "default of nightly")))
            .toList());
  }

  /**
   * The settings of an environment that is judged beside others.
   *
   * @param more what the command decides, each of the layer that it says
   * @throws UsageException where something that it needs is not there, such as a secret
   */
  public Settings settings(Entry entry, List<Found> more) {
    Found parallel = found(Setting.PARALLEL, PARALLEL, Layer.DEFAULT, "default of nightly");
    return entry.settings(process, Stream.concat(Stream.of(parallel), more.stream()).toList());
  }

  private static Found found(Setting setting, String text, Layer layer, String origin) {
    return new Found(setting, text, layer, origin, List.of());
  }

  /** The variables of the process for the run of one: the summary of a job is not of one alone. */
  public Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(process.environment());
    environment.remove("GITHUB_STEP_SUMMARY");
    return environment;
  }

  /** An environment as reports know it. */
  public static Environment environment(Entry entry) {
    return new Environment(entry.name(), entry.labels());
  }
}
