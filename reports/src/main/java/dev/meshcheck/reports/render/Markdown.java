package dev.meshcheck.reports.render;

import dev.meshcheck.reports.text.Plain;

/** Puts text that nobody vouches for into Markdown, so that it stays text. */
public final class Markdown {

  private Markdown() {}

  /** The text on one line, with nothing in it that Markdown or HTML would act on. */
  public static String inline(String text, int longest) {
    StringBuilder safe = new StringBuilder();
    String plain = Plain.line(text, longest);
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      switch (c) {
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '&' -> safe.append("&amp;");
        // An entity, since a backslash does not stop a mention.
        case '@' -> safe.append("&#64;");
        case '|' -> safe.append("&#124;");
        case '\\', '`', '*', '_', '[', ']', '#', '~', '!', '$' -> safe.append('\\').append(c);
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }

  /**
   * What is read on a click only.
   *
   * @param heading plain text
   * @param content Markdown
   */
  public static String folded(String heading, String content) {
    // In HTML a backslash escapes nothing, and a mention would still be one.
    String safe =
        Plain.line(heading, 500)
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("@", "&#64;");
    return "<details><summary>" + safe + "</summary>\n\n" + content.strip() + "\n\n</details>\n\n";
  }

  /** The text as a code block that it cannot leave. */
  public static String block(String language, String text) {
    String plain = Plain.text(text);
    int longest = 2;
    int run = 0;
    for (int i = 0; i < plain.length(); i++) {
      run = plain.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    String fence = "`".repeat(longest + 1);
    return fence + language + "\n" + plain + "\n" + fence + "\n";
  }
}
