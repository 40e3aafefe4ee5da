package dev.meshcheck.reports.html;

import dev.meshcheck.reports.model.ExchangeReport;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TargetReport;
import java.util.List;
import java.util.Optional;

/**
 * When the streams of a target brought their first text, each a stroke on a line.
 *
 * @param target its name
 * @param median in milliseconds
 * @param firstTokens in milliseconds after sending, ascending
 * @param longest the right end of the line, the same for all targets of a run
 */
public record TokenStrip(String target, double median, List<Double> firstTokens, double longest) {

  /** The width of the drawing; strokes are two wide. */
  private static final int WIDTH = 1000;

  /** With fewer streams there is nothing to compare. */
  private static final int FEWEST = 2;

  static List<TokenStrip> of(RunReport report) {
    double longest =
        report.exchanges().values().stream()
            .flatMap(e -> e.firstTokenMs().stream())
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(0);
    return report.targets().stream()
        .filter(target -> target.firstTokenMs().isPresent())
        .map(
            target ->
                new TokenStrip(
                    target.name(), target.firstTokenMs().get(), times(report, target), longest))
        .filter(strip -> strip.firstTokens().size() >= FEWEST)
        .toList();
  }

  private static List<Double> times(RunReport report, TargetReport target) {
    return report.exchanges().values().stream()
        .filter(e -> e.target().equals(target.name()))
        .map(ExchangeReport::firstTokenMs)
        .flatMap(Optional::stream)
        .sorted()
        .toList();
  }

  /** A stroke for each stream. */
  public String strokes() {
    StringBuilder strokes = new StringBuilder();
    firstTokens.stream()
        .mapToLong(this::x)
        .distinct()
        .forEach(x -> strokes.append('M').append(x).append(" 0v16"));
    return strokes.toString();
  }

  /** The median. */
  public String medianStroke() {
    return "M" + x(median) + " 0v16";
  }

  private long x(double ms) {
    return 1 + Math.round(Math.min(1, ms / Math.max(1, longest)) * (WIDTH - 2));
  }

  /** In words. */
  public String words() {
    return "median "
        + Numbers.duration(median)
        + ", "
        + firstTokens.size()
        + " streams, fastest "
        + Numbers.duration(firstTokens.get(0))
        + ", slowest "
        + Numbers.duration(firstTokens.get(firstTokens.size() - 1));
  }
}
