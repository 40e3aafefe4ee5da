package dev.meshcheck.reports.render;

import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TargetReport;
import dev.meshcheck.reports.text.Counted;
import java.util.Locale;

/** What a run cost, in words. */
public final class Spent {

  private Spent() {}

  /** Such as {@code 12.3 s, 345 requests, 25,012 tokens}. */
  public static String of(RunReport report) {
    int requests = report.targets().stream().mapToInt(TargetReport::requests).sum();
    long tokens = report.targets().stream().mapToLong(TargetReport::tokens).sum();
    return String.format(Locale.ROOT, "%.1f s, ", report.run().durationMs() / 1000.0)
        + Counted.of(requests, "request")
        + (tokens == 0 ? "" : ", " + Counted.of(tokens, "token"));
  }
}
