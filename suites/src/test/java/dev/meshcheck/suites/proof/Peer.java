package dev.meshcheck.suites.proof;

import dev.meshcheck.suites.diagnose.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A server of {@code .ci/peers}, and what is found on it.
 *
 * @param name that of its file
 * @param lines one for each finding and cause
 */
record Peer(String name, List<Line> lines) {

  /** How many checks ran there; no finding. */
  static final String RAN = "ran";

  static final String COULD_NOT_RUN = "could-not-run";

  private static final String CAUSE = "cause of ";

  /**
   * One line of an expected file.
   *
   * @param outcome that of the check, or which command tells the cause
   * @param what the check or the cause
   * @param reason the reason of the outcome, or how many results the cause explains
   * @param verdict what the contract says of it
   * @param why in a few words; where nothing could be found out, the check that tells the root
   */
  record Line(String outcome, String what, String reason, String verdict, String why) {

    static Line parse(String line) {
      String[] columns = line.split("\t", -1);
      if (columns.length != 5) {
        throw new IllegalArgumentException(
            "five columns wanted, not " + columns.length + ": " + line);
      }
      return new Line(columns[0], columns[1], columns[2], columns[3], columns[4]);
    }

    boolean isFinding() {
      return outcome.equals("failed") || outcome.equals("warned");
    }

    boolean isCause() {
      return outcome.startsWith(CAUSE);
    }

    /** What may be said of such a line. */
    List<String> verdicts() {
      if (isCause()) {
        return List.of("right", "wrong");
      }
      return switch (outcome) {
        case COULD_NOT_RUN -> List.of("told by");
        case RAN -> List.of("");
        default -> List.of("true", "debatable", "false");
      };
    }
  }

  /** All of them, by name. */
  static List<Peer> all() throws IOException {
    Path folder = Section.root().resolve(".ci/peers/expected");
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().map(Peer::read).toList();
    }
  }

  private static Peer read(Path file) {
    try {
      String name = file.getFileName().toString().replace(".tsv", "");
      return new Peer(name, Files.readAllLines(file).stream().map(Line::parse).toList());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** How many checks ran. */
  String ran() {
    return lines.stream()
        .filter(line -> line.outcome().equals(RAN))
        .map(Line::reason)
        .findFirst()
        .orElseThrow();
  }

  long count(String verdict) {
    return lines.stream().filter(line -> line.verdict().equals(verdict)).count();
  }
}
