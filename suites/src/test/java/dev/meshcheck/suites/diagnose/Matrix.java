package dev.meshcheck.suites.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The confusion matrix of the diagnosis, as docs/reliability.md shows it. */
final class Matrix {

  private static final String BEGIN = "<!-- diagnosis: begin -->";
  private static final String END = "<!-- diagnosis: end -->";

  private Matrix() {}

  static void mustBeCurrent(Map<String, List<String>> found) throws IOException {
    Path page = root().resolve("docs/reliability.md");
    String text = Files.exists(page) ? Files.readString(page) : "# Reliability\n";
    String wanted = section(found);
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

  private static String section(Map<String, List<String>> found) {
    long right =
        found.entrySet().stream().filter(e -> first(e.getValue()).equals(e.getKey())).count();
    StringBuilder text = new StringBuilder(BEGIN);
    text.append("\n\n## Diagnosis\n\n");
    text.append(
        "Each cause has a scenario that shows it, and a near miss in which it must not appear. ");
    text.append(
        "The table is the\nconfusion matrix: what ranks first in the scenario of each cause, and what else is found. ");
    text.append(right).append(" of ").append(found.size()).append(" are on the diagonal.\n\n");
    text.append("| scenario | ranks first | | beside it |\n| --- | --- | --- | --- |\n");
    found.forEach((cause, all) -> text.append(row(cause, all)));
    return text.append("\n").append(END).toString();
  }

  private static String row(String cause, List<String> all) {
    String mark = first(all).equals(cause) ? "✓" : "✗";
    String others = String.join(", ", all.stream().skip(1).map(c -> "`" + c + "`").toList());
    return "| `" + cause + "` | `" + first(all) + "` | " + mark + " | " + others + " |\n";
  }

  private static String first(List<String> all) {
    return all.isEmpty() ? "nothing" : all.get(0);
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
