package dev.meshcheck.reports.fleet;

import dev.meshcheck.fixtures.surface.RouteName;

/**
 * Failures of one root.
 *
 * @param check the id of the first of them
 * @param scope all of them in a few words
 * @param route that they are about
 * @param message what was wrong
 * @param isNew whether one of them was not there before
 */
public record FailureRoot(
    String check, String scope, RouteName route, String message, boolean isNew) {}
