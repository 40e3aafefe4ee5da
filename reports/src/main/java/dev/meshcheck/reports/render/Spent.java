package dev.meshcheck.reports.render;

import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TargetReport;
import dev.meshcheck.reports.text.Counted;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a run cost, in words. */
public final class Spent {

  private Spent() {}

  /** With the engine, where there is one; such as {@code 12.3 s, 345 requests, 25,012 tokens}. */
  public static String of(RunReport report) {
    List<TargetReport> asked =
        Stream.concat(report.targets().stream(), report.engine().stream()).toList();
    int requests = asked.stream().mapToInt(TargetReport::requests).sum();
    long tokens = asked.stream().mapToLong(TargetReport::tokens).sum();
    return String.format(Locale.ROOT, "%.1f s, ", report.run().durationMs() / 1000.0)
        + Counted.of(requests, "request")
        + (tokens == 0 ? "" : ", " + Counted.of(tokens, "token"));
  }
}
