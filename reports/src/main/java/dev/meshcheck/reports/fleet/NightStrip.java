package dev.meshcheck.reports.fleet;

import dev.meshcheck.reports.html.Sign;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last nights of an environment as a row of strokes, this one on the right. */
public record NightStrip(List<PastNight> nights) {

  private static final int STEP = 3;

  /** How wide the drawing is, with room for all nights, so that columns of strips line up. */
  public int width() {
    return STEP * PastNight.NIGHTS;
  }

  /** In words, such as {@code passed in 28 of the last 30 nights}. */
  public String words() {
    long passed = nights.stream().filter(n -> sign(n) == Sign.PASSED).count();
    return nights.size() == 1
        ? "the first night"
        : "passed in " + passed + " of the last " + nights.size() + " nights";
  }

  /** A path for each sign; neighbours of a kind are drawn as one. */
  public Map<Sign, String> paths() {
    Map<Sign, StringBuilder> paths = new LinkedHashMap<>();
    int left = width() - STEP * nights.size();
    for (int from = 0; from < nights.size(); ) {
      int to = from + 1;
      while (to < nights.size() && sign(nights.get(to)) == sign(nights.get(from))) {
        to++;
      }
      int x = left + STEP * from;
      paths
          .computeIfAbsent(sign(nights.get(from)), sign -> new StringBuilder())
          .append("M" + x + " 0h" + (STEP * (to - from) - 1) + "v12H" + x + "z");
      from = to;
    }
    Map<Sign, String> done = new LinkedHashMap<>();
    paths.forEach((sign, path) -> done.put(sign, path.toString()));
    return done;
  }

  private static Sign sign(PastNight night) {
    return Sign.of(night.verdict());
  }
}
