package dev.meshcheck.suites.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How the set-ups that were held out were told at first is kept, whatever is mended later. */
class HeldOutTest {

  private static final List<String> GRADES =
      List.of("right", "acceptable", "wrong", "nothing said", "false alarm");

  /**
   * How one was told at first.
   *
   * @param sureness of the first cause in percent; empty where none was told, or unknown
   */
  private record First(String setup, String grade, String cause, String sureness) {

    static First parse(String line) {
      String[] columns = line.split("\t", -1);
      return new First(columns[0], columns[1], columns[2], columns[3]);
    }

    boolean isGood() {
      return grade.equals("right") || grade.equals("acceptable");
    }
  }

  private static List<First> first() throws IOException {
    try (InputStream in = HeldOutTest.class.getResourceAsStream("held-out.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(First::parse)
          .toList();
    }
  }

  @Test
  void theFirstRunOfEachIsKept() throws IOException {
    assertEquals(
        HeldOutSetups.all().stream().map(Setup::toString).toList(),
        first().stream().map(First::setup).toList());
  }

  @Test
  void thePageTellsTheFirstRun() throws IOException {
    Section.HELD_OUT.mustBe(section(first()), HeldOutTest.class);
  }

  private static String section(List<First> all) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        ### Set-ups that nothing was mended on

        %d more were written from public reports of bugs and vendors' documents, and diagnosed once before any rule was
        mended on them. This is that first run, and it stays as it was; the table above counts them as they are told now.
        Two of the acceptable were written down as wrong at first: `host-is-captive-portal` tells of a single sign-on, too.

        | right first | acceptable first | wrong | nothing said | false alarm |
        | --- | --- | --- | --- | --- |
        """
            .formatted(all.size()));
    text.append(
            GRADES.stream()
                .map(grade -> "" + all.stream().filter(f -> f.grade().equals(grade)).count())
                .collect(Collectors.joining(" | ", "| ", " |")))
        .append("\n\n| sureness | told | right or acceptable |\n| --- | --- | --- |\n");
    Map<Integer, List<First>> levels = new TreeMap<>(Comparator.reverseOrder());
    all.stream()
        .filter(f -> !f.sureness().isEmpty())
        .forEach(
            f ->
                levels
                    .computeIfAbsent(Integer.valueOf(f.sureness()), k -> new ArrayList<>())
                    .add(f));
    levels.forEach(
        (level, told) ->
            text.append(
                "| %d %% | %d | %d |\n".formatted(level, told.size(), good(told.stream()))));
    text.append("\nNot good at first:\n\n| set-up | told first | now |\n| --- | --- | --- |\n");
    all.stream()
        .filter(f -> !f.isGood())
        .forEach(
            f ->
                text.append("| ")
                    .append(f.setup())
                    .append(" | ")
                    .append(f.cause().isEmpty() ? "nothing" : "`" + f.cause() + "`")
                    .append(isOpen(f) ? " | open |\n" : " | mended |\n"));
    return text.toString();
  }

  private static boolean isOpen(First first) {
    return HeldOutSetups.OPEN.stream().anyMatch(first.setup()::endsWith);
  }

  private static long good(Stream<First> told) {
    return told.filter(First::isGood).count();
  }
}
