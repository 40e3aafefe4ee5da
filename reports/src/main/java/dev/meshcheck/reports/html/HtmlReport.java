package dev.meshcheck.reports.html;

import dev.meshcheck.reports.history.History;
import dev.meshcheck.reports.model.RunReport;
import java.nio.charset.StandardCharsets;

/** Renders report.html: one file that needs neither network nor script to be read. */
public final class HtmlReport {

  /** What a page may weigh, in bytes. */
  static final int LIMIT = 4_900_000;

  /** What opened exchanges may weigh together, as long as the rest is small. */
  private static final int ROOM = 3_000_000;

  /** Not worth another try. */
  private static final int SCRAP = 50_000;

  private HtmlReport() {}

  /**
   * The text of report.html.
   *
   * @param history of the same checks, for the strips
   */
  public static String render(RunReport report, History history) {
    Assets assets = Assets.shipped();
    PageMaker whole = new PageMaker(report, history, assets, false);
    String page = render(whole.page(ROOM));
    int excess = size(page) - LIMIT;
    if (excess <= 0) {
      return page;
    }
    int room = ROOM - excess - excess / 4;
    if (room > ROOM / 2) {
      String smaller = render(whole.page(room));
      if (size(smaller) <= LIMIT) {
        return smaller;
      }
    }
    PageMaker lean = new PageMaker(report, history, assets, true);
    String least = render(lean.page(0));
    // Escaping can make a body several times longer than it was.
    for (int left = LIMIT - size(least); left > SCRAP; left /= 3) {
      String fuller = render(lean.page(left));
      if (size(fuller) <= LIMIT) {
        return fuller;
      }
    }
    return least;
  }

  /** In bytes; of what cannot be too large, the most that it can be. */
  private static int size(String page) {
    int most = 3 * page.length();
    return most <= LIMIT ? most : page.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String render(Page page) {
    return Templates.render("page.jte", page);
  }
}
