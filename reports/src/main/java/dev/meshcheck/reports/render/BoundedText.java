package dev.meshcheck.reports.render;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A text that never gets longer than it may be, and says what it leaves out. */
public final class BoundedText {

  /** What fits a pull-request comment, in bytes. */
  static final int LIMIT = 60_000;

  /** Room for the sentences that say what was left out. */
  private static final int RESERVE = 1_000;

  private final StringBuilder text = new StringBuilder();
  private final int room;
  private final String source;
  private int bytes;

  /**
   * An empty text.
   *
   * @param end what will be added at its end, whatever it is full of
   * @param source the file that has what is left out
   */
  public BoundedText(String end, String source) {
    this.room = LIMIT - RESERVE - size(end);
    this.source = source;
  }

  /** As many parts as fit, and how many do not; nothing at all without parts. */
  public void section(String heading, List<String> parts) {
    if (parts.isEmpty()) {
      return;
    }
    add(heading);
    int shown = 0;
    while (shown < parts.size() && bytes + size(parts.get(shown)) < room) {
      add(parts.get(shown));
      shown++;
    }
    if (shown < parts.size()) {
      add("… and " + (parts.size() - shown) + " more: see " + source + "\n");
    }
    add("\n");
  }

  /** Something short. */
  public void add(String part) {
    text.append(part);
    bytes += size(part);
  }

  private static int size(String part) {
    return part.getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
