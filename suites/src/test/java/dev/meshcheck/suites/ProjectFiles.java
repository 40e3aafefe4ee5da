package dev.meshcheck.suites;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The files around the code. */
public final class ProjectFiles {

  private ProjectFiles() {}

  /** The root of the project, whichever of its directories the tests run in. */
  public static Path root() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
        .filter(folder -> Files.isDirectory(folder.resolve(".mvn")))
        .findFirst()
        .orElseThrow();
  }

  /** The text of a file, by its path below the root; empty where there is none. */
  public static String read(String path) throws IOException {
    Path file = root().resolve(path);
    return Files.exists(file) ? Files.readString(file) : "";
  }
}
