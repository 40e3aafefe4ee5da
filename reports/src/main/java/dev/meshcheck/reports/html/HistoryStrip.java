package dev.meshcheck.reports.html;

import dev.meshcheck.reports.outcome.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last outcomes of a result as a row of strokes, the newest on the right. */
public record HistoryStrip(List<Outcome> outcomes) {

  /** How many outcomes there are. */
  public int size() {
    return outcomes.size();
  }

  /** Whether there is more to see than this run. */
  public boolean worthwhile() {
    return size() > 1;
  }

  /** How many of them did not pass. */
  public long failures() {
    return outcomes.stream().filter(o -> o == Outcome.FAILED).count();
  }

  /** In words. */
  public String words() {
    return failures() == 0
        ? "no failure in the last " + size() + (size() == 1 ? " run" : " runs")
        : "failed in " + failures() + " of the last " + size() + " runs";
  }

  /** A path for each sign, each stroke 4 wide; neighbours of a kind are drawn as one. */
  public Map<Sign, String> paths() {
    Map<Sign, StringBuilder> paths = new LinkedHashMap<>();
    for (int from = 0; from < size(); ) {
      int to = from + 1;
      while (to < size() && outcomes.get(to) == outcomes.get(from)) {
        to++;
      }
      paths
          .computeIfAbsent(Sign.of(outcomes.get(from)), sign -> new StringBuilder())
          .append("M" + 4 * from + " 0h" + (4 * (to - from) - 1) + "v12H" + 4 * from + "z");
      from = to;
    }
    Map<Sign, String> done = new LinkedHashMap<>();
    paths.forEach((sign, path) -> done.put(sign, path.toString()));
    return done;
  }
}
