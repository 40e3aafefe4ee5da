package dev.meshcheck.reports.compare;

import dev.meshcheck.reports.model.ExchangeReport;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.Shift;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds durations that moved by more than their noise: medians that are three typical deviations, a
 * quarter and 25 ms apart. Fewer than three measurements say nothing.
 */
final class Shifts {

  private static final int FEWEST = 3;
  private static final double DEVIATIONS = 3;
  private static final double SHARE = 0.25;
  private static final double LEAST_MS = 25;

  private Shifts() {}

  /** What is measured on whom. */
  private record Series(String target, String what) {}

  static List<Shift> between(RunReport before, RunReport now) {
    Map<Series, List<Double>> old = measured(before);
    List<Shift> shifts = new ArrayList<>();
    measured(now)
        .forEach(
            (series, values) -> {
              List<Double> earlier = old.getOrDefault(series, List.of());
              if (moved(earlier, values)) {
                shifts.add(
                    new Shift(series.target(), series.what(), median(earlier), median(values)));
              }
            });
    return List.copyOf(shifts);
  }

  private static Map<Series, List<Double>> measured(RunReport report) {
    Map<Series, List<Double>> measured = new LinkedHashMap<>();
    for (ExchangeReport exchange : report.exchanges().values()) {
      exchange
          .firstTokenMs()
          .ifPresent(ms -> add(measured, new Series(exchange.target(), "first token"), ms));
      // Refusals are quick for reasons of their own.
      if (exchange.response().stream().anyMatch(r -> r.status() / 100 == 2)) {
        String what = exchange.request().method() + " " + path(exchange.request().url());
        add(measured, new Series(exchange.target(), what), exchange.timings().total());
      }
    }
    return measured;
  }

  private static String path(String url) {
    try {
      return String.valueOf(URI.create(url).getPath());
    } catch (IllegalArgumentException e) {
      return url;
    }
  }

  private static void add(Map<Series, List<Double>> measured, Series series, double ms) {
    measured.computeIfAbsent(series, s -> new ArrayList<>()).add(ms);
  }

  private static boolean moved(List<Double> before, List<Double> now) {
    if (before.size() < FEWEST || now.size() < FEWEST) {
      return false;
    }
    double from = median(before);
    double distance = Math.abs(median(now) - from);
    double noise = DEVIATIONS * Math.max(deviation(before), deviation(now));
    return distance > noise && distance > SHARE * from && distance > LEAST_MS;
  }

  /** The median distance from the median: one slow request does not make a run noisy. */
  private static double deviation(List<Double> values) {
    double middle = median(values);
    return 1.4826 * median(values.stream().map(v -> Math.abs(v - middle)).toList());
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((sorted.size() - 1) / 2);
  }
}
