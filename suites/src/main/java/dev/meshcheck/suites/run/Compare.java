package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.compare.ChangeText;
import dev.meshcheck.reports.compare.Comparison;
import dev.meshcheck.reports.model.ChangeReport;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.TargetReport;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.text.Plain;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Prints what changed between two runs. */
final class Compare {

  private Compare() {}

  /** Exits with 1 where something fails that did not fail before. */
  static ExitCode print(RunReport before, RunReport now, PrintWriter out) {
    Map<String, String> hosts = hosts(now);
    checkTargets(before, hosts.keySet());
    ChangeReport change = Comparison.of(before, now, false);
    out.println(change.headline());
    out.println(before.run().id() + " → " + now.run().id());
    if (before.run().id().equals(now.run().id())) {
      out.println("  both are the same run");
    }
    hosts(before)
        .forEach(
            (target, host) -> {
              String other = hosts.getOrDefault(target, host);
              if (!other.equals(host)) {
                line(out, "host: " + target + " was " + host + ", is " + other);
              }
            });
    ChangeText.lines(change).forEach(line -> line(out, line));
    if (!before.run().complete()) {
      line(out, "the older run did not come to its end");
    }
    if (!now.run().complete()) {
      line(out, "the newer run did not come to its end");
      return ExitCode.INCOMPLETE;
    }
    return change.newlyFailing().isEmpty() ? ExitCode.PASSED : ExitCode.BROKEN_CONTRACT;
  }

  /**
   * Refuses to compare what has nothing in common: everything would be new, and nothing of it news.
   *
   * @param targets names of those that are judged now
   */
  static void checkTargets(RunReport before, Collection<String> targets) {
    List<String> earlier = before.targets().stream().map(TargetReport::name).toList();
    if (earlier.stream().noneMatch(targets::contains)) {
      throw new UsageException(
          "run %s judged other targets (%s) than this one (%s); compare runs of the same targets"
              .formatted(
                  before.run().id(),
                  String.join(", ", new TreeSet<>(earlier)),
                  String.join(", ", new TreeSet<>(targets))));
    }
  }

  private static Map<String, String> hosts(RunReport report) {
    return report.targets().stream()
        .collect(Collectors.toMap(TargetReport::name, TargetReport::host, (a, b) -> a));
  }

  private static void line(PrintWriter out, String text) {
    out.println("  " + Plain.line(text, 500));
  }
}
