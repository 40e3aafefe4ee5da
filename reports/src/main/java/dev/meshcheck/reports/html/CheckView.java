package dev.meshcheck.reports.html;

import dev.meshcheck.reports.model.CheckResult;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One check on all its targets.
 *
 * @param results in the order of the run
 * @param open whether it is unfolded from the start
 */
public record CheckView(List<ResultView> results, boolean open) {

  private static final int MOST_PIPS = 4;

  /** What the catalogue says of it. */
  public CheckResult info() {
    return results.get(0).result();
  }

  /** The most pressing sign. */
  public Sign sign() {
    return results.stream().map(ResultView::sign).min(Comparator.naturalOrder()).orElseThrow();
  }

  /** Whether the targets are few enough to name each in the heading. */
  public boolean named() {
    return results.size() <= MOST_PIPS;
  }

  /** How many results have each sign. */
  public Map<Sign, Integer> counts() {
    Map<Sign, Integer> counts = new EnumMap<>(Sign.class);
    results.forEach(r -> counts.merge(r.sign(), 1, Integer::sum));
    return counts;
  }

  /** How long it took where it took longest. */
  public String duration() {
    return Numbers.duration(
        results.stream().mapToDouble(r -> r.result().durationMs()).max().orElse(0));
  }

  /** Whether it is worth saying what is probably wrong. */
  public boolean wrong() {
    return results.stream().anyMatch(r -> !r.brief());
  }

  /** Where the rule stands, short. */
  public String sourceName() {
    String host = String.valueOf(info().source().getHost());
    String path = String.valueOf(info().source().getPath());
    return host.replaceFirst("^www\\.", "") + (path.equals("/") ? "" : path);
  }
}
