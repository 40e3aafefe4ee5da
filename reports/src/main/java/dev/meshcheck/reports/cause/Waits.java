package dev.meshcheck.reports.cause;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How long answers were waited for, where it tells of a limit. */
final class Waits {

  /** Milliseconds; who does not wait at all answers, or closes, sooner. */
  static final double SHORTEST_MS = 900;

  /** As many waits as tell that they are of one length, which may differ by so much. */
  private static final int STEADY = 3;

  private static final double SPREAD = 1.25;

  private Waits() {}

  /** Whether that was waited for. */
  static boolean isLong(Trial t) {
    return t.totalMs() >= SHORTEST_MS;
  }

  /** How long each of several took, where all of them took as long, as a limit has it. */
  static Optional<String> steady(List<Trial> trials) {
    DoubleSummaryStatistics waited =
        trials.stream().mapToDouble(Trial::totalMs).summaryStatistics();
    boolean alike =
        trials.size() >= STEADY
            && waited.getMin() >= SHORTEST_MS
            && waited.getMax() <= waited.getMin() * SPREAD;
    return alike ? Optional.of(seconds(waited.getAverage())) : Optional.empty();
  }

  /** That many milliseconds, for people. */
  static String seconds(double ms) {
    return String.format(Locale.ROOT, "%.1f s", ms / 1000);
  }
}
