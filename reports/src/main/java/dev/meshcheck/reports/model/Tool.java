package dev.meshcheck.reports.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/** What wrote the report. */
public record Tool(String name, String version) {

  /** This build of Meshcheck. */
  public static Tool current() {
    return new Tool("meshcheck", build().getProperty("version"));
  }

  /**
   * The commit that it was built from, such as {@code f3769e1}; unknown without a git directory.
   */
  public static Optional<String> commit() {
    Properties build = build();
    String changed = Boolean.parseBoolean(build.getProperty("changed")) ? ", changed" : "";
    return Optional.of(build.getProperty("commit", ""))
        .filter(commit -> !commit.isBlank())
        .map(commit -> commit + changed);
  }

  private static Properties build() {
    Properties properties = new Properties();
    try (InputStream file = Tool.class.getResourceAsStream("tool.properties")) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the version of Meshcheck cannot be read", e);
    }
    return properties;
  }
}
