package dev.meshcheck.reports.model;

import java.util.List;

/**
 * A diagnosis that explains many failures at once.
 *
 * @param cause the slug
 * @param title in plain words
 * @param confidence from 0 to 1
 * @param evidence which probes, and what came back
 * @param next the commands to type
 * @param explains ids of the checks that it broke
 */
public record CauseReport(
    String cause,
    String title,
    double confidence,
    List<String> evidence,
    List<String> next,
    List<String> explains) {}
