package dev.meshcheck.reports.html;

import dev.meshcheck.reports.model.TimingsReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A stretch of an exchange.
 *
 * @param name for the style sheet: dns, connect, tls, wait or read
 * @param words what happened
 * @param duration how long it took, as people read it
 * @param from where it begins in the bar, in percent
 * @param width in percent
 */
public record Phase(String name, String words, String duration, String from, String width) {

  /** The phases that happened, in order. */
  static List<Phase> of(TimingsReport timings) {
    List<Phase> phases = new ArrayList<>();
    double at = 0;
    at = add(phases, "dns", "name lookup", at, timings.dns(), timings.total());
    at = add(phases, "connect", "connect", at, timings.connect(), timings.total());
    at = add(phases, "tls", "TLS", at, timings.tls(), timings.total());
    double before = at;
    Optional<Double> wait = timings.firstByte().map(first -> Math.max(0, first - before));
    at = add(phases, "wait", "waiting for the first byte", at, wait, timings.total());
    double rest = timings.total() - at;
    String words = timings.firstByte().isPresent() ? "reading" : "until it failed";
    add(phases, "read", words, at, Optional.of(Math.max(0, rest)), timings.total());
    return List.copyOf(phases);
  }

  private static double add(
      List<Phase> phases, String name, String words, double at, Optional<Double> ms, double total) {
    if (ms.isEmpty()) {
      return at;
    }
    phases.add(
        new Phase(
            name,
            words,
            Numbers.duration(ms.get()),
            Numbers.percent(at, total),
            Numbers.percent(ms.get(), total)));
    return at + ms.get();
  }
}
