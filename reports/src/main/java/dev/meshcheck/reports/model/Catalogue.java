package dev.meshcheck.reports.model;

/**
 * The checks that the tool knows.
 *
 * @param version changes whenever a check is added, removed or judges otherwise
 * @param checks how many there are
 */
public record Catalogue(String version, int checks) {}
