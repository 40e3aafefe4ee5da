package dev.meshcheck.reports.html;

import dev.meshcheck.reports.text.Plain;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/** The templates of pages; they were compiled when Meshcheck was built. */
public final class Templates {

  private static final TemplateEngine ENGINE =
      TemplateEngine.createPrecompiled(
          null,
          ContentType.Html,
          Templates.class.getClassLoader(),
          "dev.meshcheck.reports.html.templates");

  private Templates() {}

  /** The page that a template makes of what it is given, with nothing in it that nobody sees. */
  public static String render(String template, Object page) {
    StringOutput out = new StringOutput(1 << 16);
    ENGINE.render(template, page, out);
    return Plain.text(out.toString());
  }
}
