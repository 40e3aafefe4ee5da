package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.surface.RouteName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is worth a remark where requests are answered all the same. */
final class RemarkRules {

  private static final Duration TOLERATED_SKEW = Duration.ofSeconds(60);

  /** No way around the world and no handshake takes as long for the cheapest request of all. */
  private static final double SLOW_MS = 3000;

  /** One slow answer may be chance. */
  private static final int FEWEST = 4;

  static final Map<String, Rule> ALL =
      Map.of(
          "clock-skewed",
          RemarkRules::skewed,
          "answers-are-slow",
          RemarkRules::slow,
          "answers-name-another-model",
          RemarkRules::otherModel,
          "http2-is-not-spoken",
          e -> told(e, Clue.HTTP2_FAILS));

  private RemarkRules() {}

  private static Finding told(Evidence e, Clue clue) {
    return Optional.ofNullable(e.clues().get(clue))
        .map(sentence -> Finding.found(0.9, List.of(sentence)))
        .orElse(Finding.SILENT);
  }

  /** What would refute it: one answer that names the model that was asked for. */
  private static Finding otherModel(Evidence e) {
    // What a run sends under other names is told by its checks.
    List<Trial> texts =
        e.network().isEmpty() ? List.of() : e.where(t -> t.model() == Sent.CONFIGURED && t.good());
    if (texts.stream().noneMatch(t -> t.on(RouteName.CHAT) && t.has(Mark.OTHER_MODEL))) {
      return ServiceRules.answered(e, "answers name the model that was asked for");
    }
    List<String> lines =
        new ArrayList<>(e.lines(t -> texts.contains(t) && t.has(Mark.OTHER_MODEL)));
    lines.add(
        "each names another model than was asked for: an alias, a fallback, or a route elsewhere");
    return Finding.found(0.9, lines);
  }

  private static Finding skewed(Evidence e) {
    if (e.skew().isEmpty()) {
      return Finding.SILENT;
    }
    Duration skew = e.skew().get();
    if (skew.abs().compareTo(TOLERATED_SKEW) <= 0) {
      return Finding.ruledOut("the clocks agree within a minute");
    }
    String side = skew.isNegative() ? "behind" : "ahead of";
    return Finding.found(
        0.9,
        List.of(
            "the host's Date is "
                + skew.abs().toSeconds()
                + " s "
                + side
                + " this machine's clock"));
  }

  /** What would refute it: one answer of a documented route that comes soon. */
  private static Finding slow(Evidence e) {
    List<Trial> answered = e.where(t -> t.status().isPresent() && t.route().isPresent());
    if (e.network().isEmpty() || answered.size() < FEWEST) {
      return Finding.SILENT;
    }
    Trial fastest = answered.stream().min(Comparator.comparingDouble(Trial::totalMs)).orElseThrow();
    String told =
        String.format(
            Locale.ROOT,
            "the fastest of %d answers took %.1f s: %s",
            answered.size(),
            fastest.totalMs() / 1000,
            fastest);
    return fastest.totalMs() >= SLOW_MS
        ? Finding.found(0.95, List.of(told))
        : Finding.ruledOut(told);
  }
}
