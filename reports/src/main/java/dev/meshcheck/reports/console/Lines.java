package dev.meshcheck.reports.console;

import dev.meshcheck.reports.text.Plain;
import java.io.PrintWriter;
import java.util.function.UnaryOperator;
import org.apache.commons.text.WordUtils;

/**
 * Writes lines, broken between words at the width of the terminal, with what continues a line
 * indented further. A word that is longer than a line, such as a URL, stays whole.
 */
public final class Lines {

  private static final int HANGING = 2;
  private static final int LONG_WORD = 32;

  private final PrintWriter out;
  private final ConsoleStyle style;

  /** Lines for that output. */
  public Lines(PrintWriter out, ConsoleStyle style) {
    this.out = out;
    this.style = style;
  }

  /** A line at the left margin. */
  public void line(String text) {
    line(0, text, UnaryOperator.identity());
  }

  /** A line that many columns from the left margin. */
  public void line(int indent, String text) {
    line(indent, text, UnaryOperator.identity());
  }

  /** A line in a colour; colours count as no characters, so they come last. */
  public void line(int indent, String text, UnaryOperator<String> colour) {
    String first = " ".repeat(indent);
    // Not println: reports have the same bytes on every system.
    for (String part : broken(indent, Plain.noCommand(text)).split("\n", -1)) {
      out.print(first + (part.isEmpty() ? "" : colour.apply(part)) + "\n");
      first = " ".repeat(indent + HANGING);
    }
  }

  /** A line that is never broken, because it holds a command that is copied. */
  public void whole(int indent, String text) {
    out.print(" ".repeat(indent) + Plain.noCommand(text) + "\n");
  }

  /** A line that is cut to the width of the terminal, after a word where one ends in time. */
  void cut(int indent, String text) {
    int room = style.width().orElse(Integer.MAX_VALUE) - indent - HANGING;
    String line = Plain.noCommand(text);
    line(indent, line.length() <= room ? line : abbreviated(line, room));
  }

  private static String abbreviated(String line, int room) {
    int most = Math.max(0, room - 1);
    int word = line.lastIndexOf(' ', most);
    return line.substring(0, word > most - LONG_WORD ? word : most).stripTrailing() + "…";
  }

  private String broken(int indent, String text) {
    if (style.width().isEmpty()) {
      return text;
    }
    int room = style.width().getAsInt() - indent - HANGING;
    return WordUtils.wrap(text, Math.max(room, 1), "\n", false);
  }

  /** A heading. */
  public void bold(String text) {
    line(0, text, style::bold);
  }

  void flush() {
    out.flush();
  }
}
