package dev.meshcheck.reports.console;

import java.util.Map;
import java.util.OptionalInt;

/**
 * What the console can show.
 *
 * @param progress whether one line may be written over and over
 * @param colour whether colours are understood
 * @param width of a terminal in characters; lines of other outputs are never broken
 * @param detail how much is told
 * @param github whether GitHub Actions reads along
 */
public record ConsoleStyle(
    boolean progress, boolean colour, OptionalInt width, Detail detail, boolean github) {

  /** Narrower than that, words would stand one to a line. */
  private static final int NARROWEST = 40;

  /** Plain lines, for logs. */
  public static final ConsoleStyle PLAIN =
      new ConsoleStyle(false, false, OptionalInt.empty(), Detail.NORMAL, false);

  /**
   * The style for this process.
   *
   * @param isTerminal whether the output goes to a terminal
   * @param columns its width in characters; 0 where nobody knows
   * @param wish when the user wants colours
   * @param environment the variables of the process; {@code NO_COLOR} (https://no-color.org) takes
   *     colours away and nothing else, {@code CI} and {@code TERM=dumb} a line that moves
   */
  public static ConsoleStyle detect(
      boolean isTerminal,
      int columns,
      ColourWish wish,
      Detail detail,
      Map<String, String> environment) {
    boolean dumb = environment.getOrDefault("TERM", "").equals("dumb");
    boolean able = isTerminal && !dumb && environment.getOrDefault("NO_COLOR", "").isEmpty();
    boolean colour = wish == ColourWish.ALWAYS || (wish == ColourWish.AUTO && able);
    boolean ci = !environment.getOrDefault("CI", "").isEmpty();
    OptionalInt width =
        isTerminal && columns >= NARROWEST ? OptionalInt.of(columns) : OptionalInt.empty();
    boolean github = environment.getOrDefault("GITHUB_ACTIONS", "").equals("true");
    return new ConsoleStyle(isTerminal && !dumb && !ci, colour, width, detail, github);
  }

  /** The same style with so much told. */
  public ConsoleStyle with(Detail other) {
    return new ConsoleStyle(progress, colour, width, other, github);
  }

  /** For what is wrong. */
  public String red(String text) {
    return coloured("31", text);
  }

  /** For what is right. */
  public String green(String text) {
    return coloured("32", text);
  }

  /** For what may be wrong. */
  public String yellow(String text) {
    return coloured("33", text);
  }

  /** For what comes first. */
  public String bold(String text) {
    return coloured("1", text);
  }

  /** For what is there for those who look. */
  public String dim(String text) {
    return coloured("2", text);
  }

  private String coloured(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
