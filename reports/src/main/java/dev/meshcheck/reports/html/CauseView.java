package dev.meshcheck.reports.html;

import dev.meshcheck.reports.model.CauseReport;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.text.NextStep;
import java.util.List;

/**
 * A cause, as the page shows it.
 *
 * @param report what is wrong
 * @param scope how much it explains, in words
 * @param results what it explains
 */
public record CauseView(CauseReport report, String scope, List<CheckResult> results) {

  /** The fragment that leads here; two targets may suffer from the same cause. */
  public String anchor() {
    return anchor(report);
  }

  static String anchor(CauseReport cause) {
    return "cause-" + cause.cause() + cause.target().map(t -> "@" + t).orElse("");
  }

  /** How sure it is. */
  public String confidence() {
    return Math.round(100 * report.confidence()) + " % sure";
  }

  /** What to do next. */
  public List<NextStep> next() {
    return report.next().stream().map(NextStep::of).toList();
  }
}
