package dev.meshcheck.reports.render;

import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.ExchangeReport;
import dev.meshcheck.reports.model.GuidanceNote;
import dev.meshcheck.reports.model.Rerun;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.text.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A result that did not pass, explained in plain lines that stand alone. */
public final class Explanation {

  private static final int LONGEST = 2000;

  private static final String AGAIN = "again:    ";

  private Explanation() {}

  /**
   * What was expected, what came back, what to do next and how to see it again.
   *
   * @param group results that differ in nothing but their target
   */
  public static List<String> lines(RunReport report, List<CheckResult> group) {
    CheckResult result = group.get(0);
    List<String> lines = new ArrayList<>();
    addTexts(lines, "", result.message());
    result.expected().ifPresent(text -> addTexts(lines, "expected: ", text));
    result.actual().ifPresent(text -> addTexts(lines, "actual:   ", text));
    result.rerun().ifPresent(again -> addTexts(lines, "rerun:    ", rerun(again)));
    new Hop(report).words(result).ifPresent(text -> addTexts(lines, "engine:   ", text));
    result.reason().ifPresent(reason -> lines.add("reason:   " + reason));
    exchange(report, result).ifPresent(e -> addTexts(lines, "exchange: ", reply(result, e)));
    for (GuidanceNote note : result.guidance()) {
      lines.add("next:     " + note.title());
      note.steps().forEach(step -> lines.add("          - " + step));
      note.source().ifPresent(source -> lines.add("          (" + source + ")"));
    }
    if (result.guidance().isEmpty() && !result.likelyCauses().isEmpty()) {
      lines.add("likely:   " + String.join("; ", result.likelyCauses()));
    }
    lines.add("rule:     " + result.source());
    exchange(report, result).ifPresent(e -> lines.add(AGAIN + Plain.text(e.curl())));
    return lines;
  }

  /** Whether a line of an explanation holds a command, which is copied whole. */
  public static boolean isCommand(String line) {
    return line.startsWith(AGAIN);
  }

  /** Expected against actual in one line, where the verdict compares. */
  public static Optional<String> contrast(CheckResult result) {
    return result
        .expected()
        .map(e -> "expected " + e + result.actual().map(a -> ", got " + a).orElse(""))
        .or(() -> result.actual().map(a -> "got " + a));
  }

  /** What is probably wrong, as far as one line can tell. */
  public static Optional<String> likeliest(CheckResult result) {
    return result.guidance().stream()
        .map(GuidanceNote::title)
        .findFirst()
        .or(() -> result.likelyCauses().stream().findFirst());
  }

  /** The exchange that decided, where there was one. */
  public static Optional<ExchangeReport> exchange(RunReport report, CheckResult result) {
    return result.exchanges().isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(
            report.exchanges().get(result.exchanges().get(result.exchanges().size() - 1)));
  }

  /** What an exchange was and how it ended, in one line. */
  public static String reply(CheckResult result, ExchangeReport exchange) {
    String id = result.exchanges().get(result.exchanges().size() - 1);
    String end =
        exchange
            .response()
            .map(r -> "HTTP " + r.status())
            .or(() -> exchange.noAnswer().map(n -> n.kind() + ": " + n.message()))
            .orElse("nothing");
    return id + ", " + exchange.request().method() + " " + exchange.request().url() + " → " + end;
  }

  /** What became of it when it was run once more, in one line. */
  public static String rerun(Rerun again) {
    return again.flaky()
        ? "run once more, alone, it " + again.outcome() + ": this check is flaky; " + again.rate()
        : "run once more, alone, it " + again.outcome() + " too: " + again.message();
  }

  private static void addTexts(List<String> lines, String label, String text) {
    // The bar keeps a line of a hostile body from being a command of a CI system.
    String indent = " ".repeat(label.isEmpty() ? 0 : 10) + "| ";
    String[] parts = Plain.shortened(Plain.text(text).strip(), LONGEST).split("\n", -1);
    for (int i = 0; i < parts.length; i++) {
      lines.add((i == 0 ? label : indent) + parts[i]);
    }
  }
}
