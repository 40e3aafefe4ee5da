package dev.meshcheck.reports.fleet;

import dev.meshcheck.reports.model.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the files of nights are, below the directory of all reports.
 *
 * @param reports the directory of all reports
 */
record NightPlaces(Path reports) {

  static final String FLEET = "fleet.json";
  static final String LATEST = "latest-night";

  /** The directory of a night. */
  Path night(String id) {
    return reports.resolve("nights").resolve(id);
  }

  /** The directory of reports of one environment. */
  Path environment(String name) {
    return reports.resolve("environments").resolve(name);
  }

  /** The link to the newest night. */
  Path latest() {
    return reports.resolve(LATEST);
  }

  /** The path of the best report of that run, from the directory of a night. */
  Optional<String> page(String night, String environment, RunReport run) {
    Path directory = environment(environment).resolve("runs").resolve(run.run().id());
    return Stream.of("report.html", "summary.md", "report.json")
        .map(directory::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .map(file -> slashed(night(night).relativize(file)));
  }

  /** With slashes on every system, since it is a link. */
  static String slashed(Path path) {
    return path.toString().replace('\\', '/');
  }
}
