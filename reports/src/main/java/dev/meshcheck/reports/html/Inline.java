package dev.meshcheck.reports.html;

import dev.meshcheck.reports.text.Plain;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a sentence of ours.
 *
 * @param text without backticks
 * @param code whether it stood between backticks
 */
public record Inline(String text, boolean code) {

  private static final int LONGEST = 2_000;

  /** The pieces of a sentence in which backticks mark commands. */
  public static List<Inline> of(String sentence) {
    List<Inline> pieces = new ArrayList<>();
    String[] parts = Plain.line(sentence, LONGEST).split("`", -1);
    // An odd number of backticks marks nothing.
    if (parts.length % 2 == 0) {
      return List.of(new Inline(Plain.line(sentence, LONGEST), false));
    }
    for (int i = 0; i < parts.length; i++) {
      if (!parts[i].isEmpty()) {
        pieces.add(new Inline(parts[i], i % 2 == 1));
      }
    }
    return List.copyOf(pieces);
  }
}
