package dev.meshcheck.reports.html;

import dev.meshcheck.reports.capability.Capabilities;
import dev.meshcheck.reports.capability.CapabilityRule;
import dev.meshcheck.reports.model.CapabilityReport;
import dev.meshcheck.reports.model.CapabilityReport.Kind;
import java.util.List;
import java.util.Optional;

/**
 * Capabilities against those who have them.
 *
 * @param rows in the order of the table of capabilities; none where no column says anything
 */
public record CapabilityTable(List<Row> rows) {

  /** Keeps a copy. */
  public CapabilityTable {
    rows = List.copyOf(rows);
  }

  /**
   * A capability in every column; where no check of it was run, the cell is empty.
   *
   * @param capability the slug
   * @param title for people
   * @param cells one for each column
   */
  public record Row(String capability, String title, List<Optional<CapabilityReport>> cells) {

    /** Whether any column says anything. */
    boolean told() {
      return cells.stream().anyMatch(Optional::isPresent);
    }
  }

  /** The capabilities of that kind, a column for each list. */
  public static CapabilityTable of(Kind kind, List<List<CapabilityReport>> columns) {
    return new CapabilityTable(
        Capabilities.all().stream()
            .filter(rule -> rule.kind().orElse(Kind.ABILITY) == kind)
            .map(rule -> row(rule, columns))
            .filter(Row::told)
            .toList());
  }

  private static Row row(CapabilityRule rule, List<List<CapabilityReport>> columns) {
    return new Row(
        rule.capability(),
        rule.title(),
        columns.stream()
            .map(
                column ->
                    column.stream()
                        .filter(c -> c.capability().equals(rule.capability()))
                        .findFirst())
            .toList());
  }
}
