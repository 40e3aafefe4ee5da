package dev.meshcheck.reports.matrix;

import dev.meshcheck.reports.html.CapabilityTable;
import dev.meshcheck.reports.html.StateSign;
import dev.meshcheck.reports.model.CapabilityReport;
import dev.meshcheck.reports.model.CapabilityReport.State;
import dev.meshcheck.reports.render.Markdown;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Renders hosts side by side as Markdown. */
final class MatrixMarkdown {

  private static final int LONGEST = 300;

  private MatrixMarkdown() {}

  static String render(HostMatrix matrix) {
    StringBuilder page = new StringBuilder("## Meshcheck: " + matrix.headline() + "\n\n");
    table(page, "what it can do", matrix.columns(), matrix.abilities());
    table(page, "route", matrix.columns(), matrix.routes());
    matrix.columns().forEach(column -> broken(page, column));
    return page.toString();
  }

  private static void table(
      StringBuilder page, String corner, List<HostColumn> columns, CapabilityTable table) {
    if (table.rows().isEmpty()) {
      return;
    }
    page.append(row(corner, columns.stream().map(MatrixMarkdown::head)));
    page.append(row("---", columns.stream().map(column -> "---")));
    table
        .rows()
        .forEach(
            row -> page.append(row(row.title(), row.cells().stream().map(MatrixMarkdown::cell))));
    page.append('\n');
  }

  private static String row(String first, Stream<String> others) {
    return Stream.concat(Stream.of(first), others).collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String head(HostColumn column) {
    return Stream.concat(Stream.of(column.name()), column.details().stream())
        .map(text -> Markdown.inline(text, LONGEST))
        .collect(Collectors.joining("<br>"));
  }

  private static String cell(Optional<CapabilityReport> capability) {
    return capability
        .map(c -> StateSign.of(c.state()))
        .map(sign -> sign.mark() + " " + sign.word())
        .orElse("");
  }

  private static void broken(StringBuilder page, HostColumn column) {
    List<CapabilityReport> broken =
        column.lacking().stream().filter(c -> c.state() == State.BROKEN).toList();
    if (broken.isEmpty()) {
      return;
    }
    page.append("### Broken: ")
        .append(Markdown.inline(column.name(), LONGEST))
        .append(", ")
        .append(Markdown.inline(String.join(", ", column.details()), LONGEST))
        .append("\n\n");
    for (CapabilityReport capability : broken) {
      page.append("- ")
          .append(capability.title())
          .append(": ")
          .append(Markdown.inline(capability.because(), 1_000))
          .append(" (")
          .append(
              capability.checks().stream()
                  .map(id -> Markdown.inline(id, LONGEST))
                  .collect(Collectors.joining(", ")))
          .append(")\n");
    }
    page.append('\n');
  }
}
