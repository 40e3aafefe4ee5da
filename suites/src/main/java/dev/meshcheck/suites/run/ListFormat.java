package dev.meshcheck.suites.run;

import java.util.Locale;

/** How the catalogue is printed. */
public enum ListFormat {
  /** For people at a terminal. */
  TEXT,
  /** For programs. */
  JSON,
  /** For docs/catalogue.md. */
  MARKDOWN;

  /** The word after {@code --format}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
