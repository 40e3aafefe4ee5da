package dev.meshcheck.reports.fleet;

import dev.meshcheck.reports.model.Tool;
import java.util.List;

/**
 * A night as it is told: this is fleet.json, field by field. Everything in it is redacted. Absent
 * optional fields are left out of the file, never written as null.
 *
 * @param schemaVersion of this format; grows when a field changes its meaning or goes away
 * @param tool what wrote the report
 * @param night when, how and with what result
 * @param environments by name
 */
public record FleetReport(
    int schemaVersion, Tool tool, Night night, List<EnvironmentReport> environments) {

  /** The version of the format that this code writes. */
  public static final int SCHEMA_VERSION = 1;
}
