package dev.meshcheck.reports.model;

/**
 * One setting of the run, redacted.
 *
 * @param name as the user spells it
 * @param value as it took effect
 * @param origin where it came from, such as {@code TENSORMESH_MODEL} or {@code default}
 */
public record Setting(String name, String value, String origin) {}
