package dev.meshcheck.suites.cli;

import java.util.Optional;

/** The version of Meshcheck, from the manifest of its jar. */
public final class Version {

  private Version() {}

  /** Such as {@code 0.1.0}, or {@code development} when it runs from class files. */
  public static String text() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
