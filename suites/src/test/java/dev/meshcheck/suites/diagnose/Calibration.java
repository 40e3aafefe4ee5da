package dev.meshcheck.suites.diagnose;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.reports.cause.DiagnosisReport;
import dev.meshcheck.reports.cause.DiagnosisReport.CauseLine;
import dev.meshcheck.suites.diagnose.Setup.Grade;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How sure the diagnosis of set-ups was, and how often it was right, for docs/reliability.md. */
final class Calibration {

  /** One diagnosis of a set-up. */
  private record Told(Setup setup, DiagnosisReport report, Grade grade) {}

  /** A level that is told less often is not judged. */
  private static final int ENOUGH = 5;

  private static final int TOLERATED = 10;

  private final List<Told> all = new ArrayList<>();

  void add(Setup setup, DiagnosisReport report, Grade grade) {
    all.add(new Told(setup, report, grade));
  }

  /**
   * No level of sureness promises more than it keeps. The page is written on demand only: which
   * cause a busy machine ranks second may change a count.
   */
  void mustBeEarned() throws IOException {
    levels()
        .forEach(
            (level, counts) ->
                assertTrue(
                    counts[1] < ENOUGH || counts[0] * 100.0 / counts[1] >= level - TOLERATED,
                    () -> "%d %%: %d of %d right".formatted(level, counts[0], counts[1])));
    boolean complete = all.size() == SetupsTest.setups().size();
    if (complete && Boolean.getBoolean("meshcheck.update-docs")) {
      Section.SETUPS.mustBe(section(), SetupsTest.class);
    }
  }

  private String section() {
    StringBuilder text = new StringBuilder("## Diagnosis of real set-ups\n\n");
    text.append(
        "What people put in front of an API, with the real program wherever Debian has one, and near misses. ");
    text.append(
        "%d set-ups; of each, the\ncause that ranks first. The rules were mended on these very set-ups, so the figures say what must stay right,\nand nothing of set-ups that are not among them.\n\n"
            .formatted(all.size()));
    text.append("| kind | set-ups | right | wrong | nothing said | false alarm |\n");
    text.append("| --- | --- | --- | --- | --- | --- |\n");
    Map<String, Map<Grade, Integer>> kinds = new TreeMap<>();
    all.forEach(
        t ->
            kinds
                .computeIfAbsent(t.setup().kind(), k -> new EnumMap<>(Grade.class))
                .merge(t.grade(), 1, Integer::sum));
    kinds.forEach(
        (kind, grades) -> {
          text.append("| ").append(kind).append(" | ");
          text.append(grades.values().stream().mapToInt(i -> i).sum());
          for (Grade grade : List.of(Grade.RIGHT, Grade.WRONG, Grade.BLIND, Grade.FALSE_ALARM)) {
            text.append(" | ").append(grades.getOrDefault(grade, 0));
          }
          text.append(" |\n");
        });
    text.append(
        "\nHow sure the first cause was said to be, and how often it was right. Below 80 % it is told as a suspicion, with\nwhat would settle it.\n\n");
    text.append("| sureness | told | right |\n| --- | --- | --- |\n");
    levels()
        .forEach(
            (level, counts) ->
                text.append("| %d %% | %d | %d |\n".formatted(level, counts[1], counts[0])));
    return text.toString();
  }

  private Map<Long, int[]> levels() {
    Map<Long, int[]> levels = new TreeMap<>(Comparator.reverseOrder());
    for (Told told : all) {
      told.report().causes().stream()
          .findFirst()
          .map(CauseLine::confidence)
          .filter(c -> c > 0)
          .ifPresent(
              c -> {
                int[] counts = levels.computeIfAbsent(Math.round(c * 100), k -> new int[2]);
                counts[0] += told.grade() == Grade.RIGHT ? 1 : 0;
                counts[1]++;
              });
    }
    return levels;
  }
}
