package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.fleet.FleetStory;
import dev.meshcheck.reports.fleet.Night;
import dev.meshcheck.reports.fleet.NightDirectory;
import dev.meshcheck.reports.fleet.NightMerge;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.run.RunId;
import dev.meshcheck.reports.text.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the nights of shards together. */
final class Merge {

  private Merge() {}

  /** Exits as the whole night would have; with 3 where a shard is missing. */
  static ExitCode run(
      List<String> words, Settings settings, Map<String, String> variables, PrintWriter out) {
    Path reports =
        settings
            .reports()
            .orElseThrow(
                () ->
                    new UsageException(
                        "the merged night is written to the reports, and --reports none keeps none;"
                            + " name a directory with --reports DIR"));
    List<NightDirectory> nights =
        words.stream()
            .map(word -> NightDirectory.named(word, settings.workDirectory(), Optional.empty()))
            .toList();
    NightMerge.Merged merged = merge(nights, reports, settings, variables);
    FleetStory story = new FleetStory(merged.report());
    Night night = merged.report().night();
    int code = night.exitCode().orElseThrow();
    merged.missing().forEach(shard -> out.println("missing: shard " + shard));
    out.println(
        Counted.of(nights.size(), "night")
            + " merged: "
            + story.headline()
            + " ("
            + story.counts()
            + ")");
    out.println(
        "reports in "
            + merged.directory()
            + " · exit "
            + code
            + ": "
            + ExitCode.of(code).meaning());
    return ExitCode.of(code);
  }

  private static NightMerge.Merged merge(
      List<NightDirectory> nights, Path reports, Settings settings, Map<String, String> variables) {
    try {
      return NightMerge.of(nights, reports, RunId.at(Instant.now()), settings.readers(), variables);
    } catch (IOException e) {
      throw new UsageException(
          "the merged night cannot be written to "
              + reports
              + ", or a part cannot be read ("
              + e.getMessage()
              + ")");
    }
  }
}
