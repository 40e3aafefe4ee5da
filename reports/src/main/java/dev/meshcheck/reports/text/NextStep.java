package dev.meshcheck.reports.text;

import java.util.List;
import java.util.Optional;

/**
 * What a cause says to do next: a command with a remark, or a sentence.
 *
 * @param command what to type
 * @param words the remark on the command, or the sentence
 */
public record NextStep(Optional<String> command, String words) {

  /** What ends the remark on a command that only prepares the one behind it. */
  public static final String PREPARES = ", for the line below";

  private static final String REMARK = "   # ";

  /** The step in that line. Commands begin with a small letter or a sign, sentences do not. */
  public static NextStep of(String line) {
    if (line.isEmpty() || Character.isUpperCase(line.charAt(0))) {
      return new NextStep(Optional.empty(), line);
    }
    int end = line.lastIndexOf(REMARK);
    return end < 0
        ? new NextStep(Optional.of(line), "")
        : new NextStep(Optional.of(line.substring(0, end)), line.substring(end + REMARK.length()));
  }

  /** The first of these lines that is more than a preparation. */
  public static Optional<String> first(List<String> lines) {
    return lines.stream().filter(line -> !line.endsWith(PREPARES)).findFirst();
  }

  /** The first one, behind what prepares it. */
  public static List<String> prepared(List<String> lines) {
    return first(lines).map(line -> lines.subList(0, lines.indexOf(line) + 1)).orElse(lines);
  }

  /** A line for a block that can be pasted into a shell: a sentence becomes a comment. */
  public String shell() {
    return command.map(c -> words.isEmpty() ? c : c + REMARK + words).orElse("# " + words);
  }
}
