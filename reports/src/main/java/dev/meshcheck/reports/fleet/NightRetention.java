package dev.meshcheck.reports.fleet;

import dev.meshcheck.reports.disk.Directories;
import dev.meshcheck.reports.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Removes the pages of old nights; nights.jsonl keeps its lines, and runs go by their own rule. */
public final class NightRetention {

  private final NightPlaces places;

  /** Of the nights in that directory of reports. */
  public NightRetention(Path reports) {
    this.places = new NightPlaces(reports);
  }

  /**
   * Removes all but the newest nights that have ended; one that has not may be going on.
   *
   * @param newest how many stay, at least 1
   * @throws IOException where one cannot be removed; the newer ones are
   */
  public void keep(int newest) throws IOException {
    for (Path night : ended().stream().skip(newest).toList()) {
      Directories.remove(night);
    }
  }

  private List<Path> ended() throws IOException {
    Path nights = places.night("");
    if (!Files.isDirectory(nights)) {
      return List.of();
    }
    try (Stream<Path> directories = Files.list(nights)) {
      return directories
          .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .filter(path -> path.getFileName().toString().matches(RunId.FORM))
          .filter(NightRetention::hasEnded)
          .sorted(Comparator.comparing(Path::getFileName).reversed())
          .toList();
    }
  }

  private static boolean hasEnded(Path night) {
    try {
      return FleetJson.read(Files.readString(night.resolve(NightPlaces.FLEET)))
          .night()
          .finishedAt()
          .isPresent();
    } catch (IOException e) {
      // What cannot be read is nobody's to throw away.
      return false;
    }
  }
}
