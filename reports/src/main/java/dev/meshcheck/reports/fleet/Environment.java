package dev.meshcheck.reports.fleet;

import java.util.Map;

/**
 * One environment of a fleet, as its users know it.
 *
 * @param name unique in the fleet
 * @param labels what it is filtered by, such as {@code region=eu}
 */
public record Environment(String name, Map<String, String> labels) {

  public Environment {
    labels = Map.copyOf(labels);
  }
}
