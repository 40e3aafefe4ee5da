package dev.meshcheck.reports.performance;

import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.PerformanceReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** How fast the targets are, as the checks of pack {@code performance} measured it. */
public final class PerformanceCard {

  /** The check whose streams are alone in flight. */
  public static final String ALONE = "performance.one-at-a-time";

  /** The check whose streams are {@link #AT_ONCE} in flight. */
  public static final String TOGETHER = "performance.eight-at-once";

  /** The check that sends long prompts twice. */
  public static final String WARM = "performance.warm-prompts";

  /** How many streams are in flight together. */
  public static final int AT_ONCE = 8;

  private PerformanceCard() {}

  /**
   * A card for each target that was measured; absent where none was.
   *
   * @param results of the run
   * @param speeds of the exchanges of these ids
   */
  public static Optional<List<PerformanceReport>> of(
      List<CheckResult> results, Function<List<String>, List<Speed>> speeds) {
    Map<String, List<CheckResult>> byTarget = new LinkedHashMap<>();
    results.forEach(
        result -> byTarget.computeIfAbsent(result.target(), t -> new ArrayList<>()).add(result));
    List<PerformanceReport> cards = new ArrayList<>();
    byTarget.forEach(
        (target, mine) -> {
          List<Load> loads =
              List.of(
                  Load.alone(measured(mine, ALONE, speeds)),
                  Load.atOnce(AT_ONCE, measured(mine, TOGETHER, speeds)));
          Warmth warmth = Warmth.of(measured(mine, WARM, speeds));
          PerformanceReport card =
              new PerformanceReport(
                  target,
                  loads.stream().filter(load -> !load.isEmpty()).map(Load::report).toList(),
                  Optional.of(warmth).filter(w -> !w.isEmpty()).map(Warmth::report));
          if (!card.load().isEmpty() || card.cache().isPresent()) {
            cards.add(card);
          }
        });
    return Optional.of(List.copyOf(cards)).filter(all -> !all.isEmpty());
  }

  private static List<Speed> measured(
      List<CheckResult> results, String check, Function<List<String>, List<Speed>> speeds) {
    return results.stream()
        .filter(result -> result.check().equals(check))
        .flatMap(result -> speeds.apply(result.exchanges()).stream())
        .toList();
  }

  /** The lines of a card in words. */
  public static List<String> lines(PerformanceReport card) {
    List<String> lines = new ArrayList<>();
    card.load().forEach(load -> lines.add(Load.words(load)));
    card.cache().ifPresent(warmth -> lines.add(Warmth.words(warmth)));
    return List.copyOf(lines);
  }
}
