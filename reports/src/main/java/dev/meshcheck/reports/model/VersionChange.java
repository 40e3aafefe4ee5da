package dev.meshcheck.reports.model;

import java.util.Optional;

/** A server that says it is another version than before; absent where it said none. */
public record VersionChange(String target, Optional<String> before, Optional<String> after) {}
