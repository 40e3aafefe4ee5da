package dev.meshcheck.reports.console;

import dev.meshcheck.reports.model.ExchangeReport;
import dev.meshcheck.reports.model.HeaderReport;
import dev.meshcheck.reports.model.ResponseReport;
import dev.meshcheck.reports.text.Plain;
import dev.meshcheck.reports.text.PrettyBody;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.lang3.StringUtils;

/** Two answers to the same request in two columns; a sign stands where they differ. */
public final class SideBySide {

  /** Where the output is no terminal. */
  private static final int USUAL_WIDTH = 160;

  private static final int MOST_LINES = 60;

  private final int column;
  private final ConsoleStyle style;
  private final PrintWriter out;

  /** Columns for that output. */
  public SideBySide(ConsoleStyle style, PrintWriter out) {
    this.style = style;
    this.out = out;
    this.column = (style.width().orElse(USUAL_WIDTH) - 5) / 2;
  }

  /** Prints both, the earlier one on the left. */
  public void print(ExchangeReport then, ExchangeReport now) {
    row("then, " + then.startedAt(), "now, " + now.startedAt(), true);
    row("-".repeat(column), "-".repeat(column), true);
    List<String> left = lines(then);
    List<String> right = lines(now);
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      row(at(left, i), at(right, i), at(left, i).equals(at(right, i)));
    }
  }

  private static String at(List<String> lines, int i) {
    return i < lines.size() ? lines.get(i) : "";
  }

  private void row(String left, String right, boolean same) {
    // The bar keeps a line of a hostile body from being a command of a CI system.
    String line =
        "| " + StringUtils.rightPad(cut(left), column) + (same ? "   " : " ≠ ") + cut(right);
    out.print(Plain.noCommand(same ? line.stripTrailing() : style.yellow(line)) + "\n");
  }

  private String cut(String text) {
    return StringUtils.abbreviate(text, "…", column);
  }

  private List<String> lines(ExchangeReport exchange) {
    List<String> lines = new ArrayList<>();
    exchange
        .noAnswer()
        .ifPresent(none -> lines.add(none.kind() + ": " + Plain.line(none.message(), 300)));
    exchange.response().ifPresent(response -> answer(lines, response));
    lines.add(String.format(Locale.ROOT, "whole after %.0f ms", exchange.timings().total()));
    return lines;
  }

  private static void answer(List<String> lines, ResponseReport response) {
    lines.add("HTTP " + response.status());
    response.headers().stream()
        .map(SideBySide::header)
        .sorted(String.CASE_INSENSITIVE_ORDER)
        .forEach(lines::add);
    lines.add("the body ended: " + response.ending());
    lines.add("");
    List<String> body = Plain.text(PrettyBody.indented(response.body())).lines().toList();
    lines.addAll(body.subList(0, Math.min(MOST_LINES, body.size())));
    if (body.size() > MOST_LINES) {
      lines.add("… and " + (body.size() - MOST_LINES) + " more lines");
    }
    lines.add("");
  }

  private static String header(HeaderReport header) {
    return Plain.line(header.name() + ": " + header.value(), 300);
  }
}
