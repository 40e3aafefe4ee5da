package dev.meshcheck.suites.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** The confusion matrix of the diagnosis, as docs/reliability.md shows it. */
final class Matrix {

  private static final String BEGIN = "<!-- diagnosis: begin -->";
  private static final String END = "<!-- diagnosis: end -->";

  private Matrix() {}

  static void mustBeCurrent(Map<String, String> ranked) throws IOException {
    Path page = root().resolve("docs/reliability.md");
    String text = Files.exists(page) ? Files.readString(page) : "# Reliability\n";
    String wanted = section(ranked);
    if (Boolean.getBoolean("meshcheck.update-docs")) {
      text = replaced(text, wanted);
      Files.writeString(page, text);
    }
    assertEquals(
        wanted,
        current(text),
        "docs/reliability.md is out of date; renew it with: mvn test -pl suites -am"
            + " -Dtest=ScenariosTest -Dsurefire.failIfNoSpecifiedTests=false"
            + " -Dmeshcheck.update-docs=true");
  }

  private static String section(Map<String, String> ranked) {
    long right = ranked.entrySet().stream().filter(e -> e.getKey().equals(e.getValue())).count();
    StringBuilder text = new StringBuilder(BEGIN);
    text.append("\n\n## Diagnosis\n\n");
    text.append(
        "Each cause has a scenario that shows it, and a near miss in which it must not appear. ");
    text.append(
        "The table is the\nconfusion matrix in short: what ranks first in the scenario of each cause. ");
    text.append(right).append(" of ").append(ranked.size()).append(" are on the diagonal.\n\n");
    text.append("| scenario | ranks first | |\n| --- | --- | --- |\n");
    ranked.forEach(
        (cause, first) ->
            text.append(
                "| `%s` | `%s` | %s |%n"
                    .formatted(cause, first, cause.equals(first) ? "✓" : "✗")
                    .replace("\r", "")));
    return text.append("\n").append(END).toString();
  }

  private static String current(String text) {
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    return begin < 0 || end < begin ? "" : text.substring(begin, end + END.length());
  }

  private static String replaced(String text, String section) {
    String old = current(text);
    return old.isEmpty()
        ? text.stripTrailing() + "\n\n" + section + "\n"
        : text.replace(old, section);
  }

  private static Path root() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
        .filter(folder -> Files.isDirectory(folder.resolve(".mvn")))
        .findFirst()
        .orElseThrow();
  }
}
