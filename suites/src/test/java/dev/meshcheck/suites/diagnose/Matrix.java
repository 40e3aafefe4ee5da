package dev.meshcheck.suites.diagnose;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The confusion matrix of the diagnosis, as docs/reliability.md shows it. */
final class Matrix {

  private Matrix() {}

  static void mustBeCurrent(Map<String, List<String>> found) throws IOException {
    Section.DIAGNOSIS.mustBe(section(found), ScenariosTest.class);
  }

  private static String section(Map<String, List<String>> found) {
    long right =
        found.entrySet().stream().filter(e -> first(e.getValue()).equals(e.getKey())).count();
    StringBuilder text = new StringBuilder("## Diagnosis\n\n");
    text.append(
        "Each cause has a scenario that shows it, and a near miss in which it must not appear. ");
    text.append(
        "The table is the\nconfusion matrix: what ranks first in the scenario of each cause, and what else is found. ");
    text.append(right).append(" of ").append(found.size()).append(" are on the diagonal.\n\n");
    text.append("| scenario | ranks first | | beside it |\n| --- | --- | --- | --- |\n");
    found.forEach((cause, all) -> text.append(row(cause, all)));
    return text.toString();
  }

  private static String row(String cause, List<String> all) {
    String mark = first(all).equals(cause) ? "✓" : "✗";
    String others = String.join(", ", all.stream().skip(1).map(c -> "`" + c + "`").toList());
    return "| `" + cause + "` | `" + first(all) + "` | " + mark + " | " + others + " |\n";
  }

  private static String first(List<String> all) {
    return all.isEmpty() ? "nothing" : all.get(0);
  }
}
