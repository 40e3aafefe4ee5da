package dev.meshcheck.suites.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The script and what was built, at another place, and not started yet. */
final class Project {

  private Project() {}

  /** Sets it up in a directory that is not there yet. */
  static Path at(Path home) throws IOException {
    Path target = Files.createDirectories(home.resolve("suites/target"));
    Files.copy(
        Command.HOME.resolve("run.sh"), home.resolve("run.sh"), StandardCopyOption.COPY_ATTRIBUTES);
    Path scripts = Path.of("suites/src/main/sh");
    Files.createDirectories(home.resolve(scripts).getParent());
    Files.createSymbolicLink(home.resolve(scripts), Command.HOME.resolve(scripts));
    Path built = Command.HOME.resolve("suites/target");
    Files.createSymbolicLink(target.resolve("lib"), built.resolve("lib"));
    Files.createSymbolicLink(target.resolve("suites-0.1.0.jar"), jar(built));
    return home;
  }

  private static Path jar(Path built) throws IOException {
    try (Stream<Path> files = Files.list(built)) {
      List<Path> jars = files.filter(f -> f.toString().matches(".*/suites-[0-9.]+\\.jar")).toList();
      return jars.get(0);
    }
  }
}
