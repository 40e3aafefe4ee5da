package dev.meshcheck.reports.matrix;

import dev.meshcheck.reports.html.Assets;
import dev.meshcheck.reports.html.CapabilityTable;
import dev.meshcheck.reports.html.Templates;
import dev.meshcheck.reports.model.CapabilityReport;
import dev.meshcheck.reports.model.CapabilityReport.Kind;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.text.Counted;
import java.util.List;

/**
 * Hosts side by side: what each can do, as its checks say it.
 *
 * @param columns in the order of the runs that were named
 */
public record HostMatrix(List<HostColumn> columns) {

  /** Keeps a copy. */
  public HostMatrix {
    columns = List.copyOf(columns);
  }

  /** The targets of these runs; a run that is named twice is there once. */
  public static HostMatrix of(List<RunReport> runs) {
    return new HostMatrix(
        runs.stream().flatMap(r -> HostColumn.of(r).stream()).distinct().toList());
  }

  /** What it is, in a few words. */
  public String headline() {
    return Counted.of(columns.size(), "target") + " side by side";
  }

  /** What they can do. */
  public CapabilityTable abilities() {
    return table(Kind.ABILITY);
  }

  /** Which routes they have. */
  public CapabilityTable routes() {
    return table(Kind.ROUTE);
  }

  private CapabilityTable table(Kind kind) {
    List<List<CapabilityReport>> all = columns.stream().map(HostColumn::capabilities).toList();
    return CapabilityTable.of(kind, all);
  }

  /** Style sheet and script of the page. */
  public Assets assets() {
    return Assets.matrix();
  }

  /** The page: one file that opens from disk. */
  public String html() {
    return Templates.render("hosts.jte", this);
  }

  /** The same for pull requests and wikis. */
  public String markdown() {
    return MatrixMarkdown.render(this);
  }
}
