package dev.meshcheck.reports.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What wrote the report. */
public record Tool(String name, String version) {

  /** This build of Meshcheck. */
  public static Tool current() {
    Properties properties = new Properties();
    try (InputStream file = Tool.class.getResourceAsStream("tool.properties")) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the version of Meshcheck cannot be read", e);
    }
    return new Tool("meshcheck", properties.getProperty("version"));
  }
}
