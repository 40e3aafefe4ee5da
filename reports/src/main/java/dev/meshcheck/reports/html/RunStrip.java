package dev.meshcheck.reports.html;

import dev.meshcheck.reports.history.RunCounts;
import dev.meshcheck.reports.outcome.Outcome;
import java.util.ArrayList;
import java.util.List;

/** The last runs as bars: how many results of each failed, the newest on the right. */
public record RunStrip(List<RunCounts> runs) {

  private static final int STEP = 14;
  private static final int HEIGHT = 48;

  /** Enough to see where nothing failed. */
  private static final int LEAST = 4;

  /**
   * One run.
   *
   * @param x where it begins
   * @param y its upper end
   * @param height how high it is
   * @param words what it shows
   */
  public record Bar(int x, int y, int height, Sign sign, String words) {}

  /** Whether there is more to see than this run. */
  public boolean worthwhile() {
    return runs.size() > 1;
  }

  /** How wide the drawing is. */
  public int width() {
    return STEP * runs.size();
  }

  /** A bar for each run; the highest is that with the most failures. */
  public List<Bar> bars() {
    int most = runs.stream().mapToInt(r -> r.of(Outcome.FAILED)).max().orElse(0);
    List<Bar> bars = new ArrayList<>();
    for (RunCounts run : runs) {
      int failed = run.of(Outcome.FAILED);
      int height = failed == 0 ? LEAST : LEAST + (HEIGHT - LEAST) * failed / most;
      bars.add(new Bar(STEP * bars.size(), HEIGHT - height, height, sign(run), words(run)));
    }
    return List.copyOf(bars);
  }

  private static Sign sign(RunCounts run) {
    if (run.of(Outcome.FAILED) > 0) {
      return Sign.FAILED;
    }
    // Without a verdict on anything, green would say too much.
    return run.of(Outcome.PASSED) == 0 ? Sign.COULD_NOT_RUN : Sign.PASSED;
  }

  private static String words(RunCounts run) {
    return run.run()
        + ": "
        + run.of(Outcome.FAILED)
        + " failed, "
        + run.of(Outcome.PASSED)
        + " passed"
        + (run.of(Outcome.COULD_NOT_RUN) == 0
            ? ""
            : ", " + run.of(Outcome.COULD_NOT_RUN) + " could not run");
  }

  /** In words, such as {@code 2 of the last 12 runs had failures; the one before this had 3}. */
  public String words() {
    long bad = runs.stream().filter(r -> r.of(Outcome.FAILED) > 0).count();
    int before = runs.size() < 2 ? 0 : runs.get(runs.size() - 2).of(Outcome.FAILED);
    return (bad == 0 ? "none" : bad)
        + " of the last "
        + runs.size()
        + " runs had failures; the one before this had "
        + (before == 0 ? "none" : before);
  }
}
