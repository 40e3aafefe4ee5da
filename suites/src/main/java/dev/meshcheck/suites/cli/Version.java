package dev.meshcheck.suites.cli;

import dev.meshcheck.reports.model.Tool;

/** The version of Meshcheck, as {@code --version} tells it. */
public final class Version {

  private Version() {}

  /** Such as {@code 0.1.0 (commit f3769e1)}; {@code changed} where the build had more in it. */
  public static String text() {
    return Tool.current().version()
        + Tool.commit().map(commit -> " (commit " + commit + ")").orElse("");
  }
}
