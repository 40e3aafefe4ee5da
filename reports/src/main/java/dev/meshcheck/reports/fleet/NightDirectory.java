package dev.meshcheck.reports.fleet;

import dev.meshcheck.fixtures.settings.TextFile;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.disk.Pointer;
import dev.meshcheck.reports.model.LaterFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A night that has been, where its files are.
 *
 * @param directory of the night
 * @param report what its fleet.json says
 */
public record NightDirectory(Path directory, FleetReport report) {

  /** The word for the newest night. */
  public static final String LATEST = NightPlaces.LATEST;

  /**
   * The night that a word names: a directory with a fleet.json, such a file, a reports directory
   * (its newest night), the id of a night, or {@code latest-night}; nothing where there is none.
   *
   * @param reports the directory of all reports, where there is one
   * @throws UsageException where its fleet.json cannot be understood
   */
  public static Optional<NightDirectory> find(
      String word, Path workDirectory, Optional<Path> reports) {
    Path named = workDirectory.resolve(word);
    Stream<Path> kept =
        reports.stream()
            .map(NightPlaces::new)
            .flatMap(
                places ->
                    word.equals(LATEST)
                        ? Stream.of(latest(places.reports()))
                        : Stream.of(places.night(word)));
    return Stream.concat(
            Stream.of(
                named,
                named.endsWith(NightPlaces.FLEET) ? named.resolveSibling("") : named,
                latest(named)),
            kept)
        .filter(directory -> Files.isRegularFile(directory.resolve(NightPlaces.FLEET)))
        .findFirst()
        .map(NightDirectory::read);
  }

  /** The same, which has to be there. */
  public static NightDirectory named(String word, Path workDirectory, Optional<Path> reports) {
    return find(word, workDirectory, reports)
        .orElseThrow(
            () ->
                new UsageException(
                    "there is no night at '"
                        + word
                        + "'; name a directory with a fleet.json, or a reports directory with a"
                        + " latest-night"));
  }

  /** The report.json of each environment that was judged. */
  public List<Path> reports() {
    return report.environments().stream()
        .flatMap(environment -> environment.report().stream())
        .map(page -> directory.resolve(page).resolveSibling("report.json").normalize())
        .toList();
  }

  private static Path latest(Path reports) {
    return Pointer.target(reports.resolve(LATEST));
  }

  private static NightDirectory read(Path directory) {
    Path file = directory.resolve(NightPlaces.FLEET);
    try {
      // Where the link leads to, so that what is beside it is found.
      Path real = directory.toRealPath();
      NightDirectory night = new NightDirectory(real, FleetJson.read(TextFile.read(file)));
      // Whether each is a path of this system shows when it is resolved.
      List<Path> unused = night.reports();
      return night;
    } catch (LaterFormatException e) {
      throw new UsageException(file + " cannot be read: " + e.getMessage());
    } catch (IOException | InvalidPathException e) {
      throw new UsageException(file + " is no whole fleet.json of Meshcheck");
    }
  }
}
