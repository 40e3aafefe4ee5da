package dev.meshcheck.reports.console;

import java.util.Map;

/**
 * What the console can show.
 *
 * @param progress whether one line may be written over and over
 * @param colour whether colours are understood
 */
public record ConsoleStyle(boolean progress, boolean colour) {

  /** Plain lines, for logs. */
  public static final ConsoleStyle PLAIN = new ConsoleStyle(false, false);

  /**
   * The style for this process.
   *
   * @param isTerminal whether the output goes to a terminal
   * @param environment the variables of the process; {@code NO_COLOR} (see https://no-color.org),
   *     {@code CI} and {@code TERM=dumb} ask for plain lines
   */
  public static ConsoleStyle detect(boolean isTerminal, Map<String, String> environment) {
    boolean plain =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || !environment.getOrDefault("CI", "").isEmpty()
            || environment.getOrDefault("TERM", "").equals("dumb");
    return isTerminal && !plain ? new ConsoleStyle(true, true) : PLAIN;
  }

  String red(String text) {
    return colour ? "\u001b[31m" + text + "\u001b[0m" : text;
  }

  String green(String text) {
    return colour ? "\u001b[32m" + text + "\u001b[0m" : text;
  }

  String yellow(String text) {
    return colour ? "\u001b[33m" + text + "\u001b[0m" : text;
  }

  String bold(String text) {
    return colour ? "\u001b[1m" + text + "\u001b[0m" : text;
  }
}
