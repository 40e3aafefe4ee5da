package dev.meshcheck.reports.fleet;

import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.html.Numbers;
import dev.meshcheck.reports.html.Sign;
import dev.meshcheck.reports.outcome.RunVerdict;
import dev.meshcheck.reports.text.Plain;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** An environment as a line of the page. */
public record EnvironmentRow(EnvironmentReport report) {

  private static final int LONGEST = 200;

  /** All of a night, the worst first. */
  static List<EnvironmentRow> worstFirst(FleetReport report) {
    return new FleetStory(report).worstFirst().stream().map(EnvironmentRow::new).toList();
  }

  /** The place on the page, for links. */
  public String anchor() {
    return "environment-" + report.name();
  }

  /** How it did, as colour, mark and word. */
  public Sign sign() {
    return Sign.of(report.verdict());
  }

  /** What is wrong, in a line. */
  public String wrong() {
    return Plain.line(FleetStory.wrong(report), LONGEST);
  }

  /** Whether it began to fail or was fixed in this night. */
  public FleetStory.Turn turn() {
    return FleetStory.Turn.of(report);
  }

  /** What changed in its results. */
  public String change() {
    return FleetStory.change(report);
  }

  /** For the filter. */
  public String causes() {
    return report.causes().stream().map(FleetCause::cause).collect(Collectors.joining(" "));
  }

  /** For the filter: a label on each line. */
  public String labels() {
    return report.labels().entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining("\n"));
  }

  /** The way to its own report, as an address. */
  public Optional<String> link() {
    return report.report().map(EnvironmentRow::address);
  }

  private static String address(String path) {
    try {
      return new URI(null, null, path, null).getRawPath();
    } catch (URISyntaxException e) {
      return path;
    }
  }

  /** What became of a route; nothing where it has no check there. */
  public Optional<Map<Sign, Integer>> on(RouteName route) {
    return report.routes().stream()
        .filter(r -> r.route() == route)
        .map(RouteCounts::counts)
        .findFirst()
        .map(counts -> report.verdict() == RunVerdict.NOT_JUDGED ? withoutBlame(counts) : counts);
  }

  /** What fails by a fault of the caller's says nothing of the route. */
  private static Map<Sign, Integer> withoutBlame(Map<Sign, Integer> counts) {
    Map<Sign, Integer> told = new EnumMap<>(Sign.class);
    counts.forEach(
        (sign, count) ->
            told.merge(sign == Sign.FAILED ? Sign.COULD_NOT_RUN : sign, count, Integer::sum));
    return told;
  }

  /** The most pressing sign of these. */
  public static Sign most(Map<Sign, Integer> counts) {
    return Sign.most(counts.keySet());
  }

  /** The last nights as strokes. */
  public NightStrip strip() {
    return new NightStrip(report.nights());
  }

  /** First tokens of the last nights. */
  public Trend firstToken() {
    return new Trend(
        report.firstToken(),
        report.nights().stream().flatMap(n -> n.firstTokenMs().stream()).toList());
  }

  /** Answers of the last nights. */
  public Trend latency() {
    return new Trend(
        report.latency(), report.nights().stream().flatMap(n -> n.latencyMs().stream()).toList());
  }

  /** What it cost. */
  public String tokens() {
    return report.tokens() == 0 ? "" : Numbers.count(report.tokens());
  }

  /**
   * A duration of this night and of those before it.
   *
   * @param spread of this night
   * @param medians of the nights, the oldest first
   */
  public record Trend(Optional<Spread> spread, List<Double> medians) {

    private static final int STEP = 2;
    private static final int HEIGHT = 14;

    /** The median of this night. */
    public String median() {
      return spread.map(s -> Numbers.duration(s.medianMs())).orElse("");
    }

    /** All that was measured this night, in words. */
    public String words() {
      return spread
          .map(
              s ->
                  "median "
                      + Numbers.duration(s.medianMs())
                      + ", 95 of 100 within "
                      + Numbers.duration(s.p95Ms())
                      + s.usualMs().map(u -> ", usually " + Numbers.duration(u)).orElse(""))
          .orElse("");
    }

    /** By how much it is slower or quicker than usual, where that is more than noise. */
    public Optional<String> shift() {
      return spread.flatMap(Spread::shiftWords);
    }

    /** Whether it is slower than usual. */
    public boolean slower() {
      return spread.flatMap(Spread::shift).filter(by -> by > 0).isPresent();
    }

    /** A line through the medians; empty where there are too few for one. */
    public String line() {
      if (medians.size() < 2) {
        return "";
      }
      double most = medians.stream().mapToDouble(ms -> ms).max().orElse(1);
      StringBuilder path = new StringBuilder();
      for (int i = 0; i < medians.size(); i++) {
        long y = Math.round(HEIGHT - 1 - (HEIGHT - 2) * medians.get(i) / Math.max(most, 0.001));
        path.append(i == 0 ? "M" : "L").append(STEP * i).append(' ').append(y);
      }
      return path.toString();
    }
  }
}
