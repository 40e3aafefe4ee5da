package dev.meshcheck.reports.cause;

import java.util.Locale;

/** Where a cause lies. A lower layer has to be in order before a higher one can be judged. */
public enum Layer {
  SETTINGS("settings"),
  NETWORK("network"),
  HOST("host identity"),
  ROUTING("identity and routing"),
  SERVICE("service");

  private final String title;

  Layer(String title) {
    this.title = title;
  }

  /** The name that people read. */
  public String title() {
    return title;
  }

  /** The kebab-case name, as in causes.yaml. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
