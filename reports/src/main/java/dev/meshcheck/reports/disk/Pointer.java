package dev.meshcheck.reports.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A link to a directory; where links are not possible, a file that says the path. */
public final class Pointer {

  private Pointer() {}

  /** Where it leads; itself where it is a link, or says no path. */
  public static Path target(Path link) {
    if (!Files.isRegularFile(link)) {
      return link;
    }
    try {
      return link.resolveSibling(Files.readString(link).strip());
    } catch (IOException | InvalidPathException e) {
      return link;
    }
  }
}
