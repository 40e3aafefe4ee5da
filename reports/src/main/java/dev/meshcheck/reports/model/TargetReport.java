package dev.meshcheck.reports.model;

import java.util.List;
import java.util.Optional;

/**
 * One target and what the run spent on it.
 *
 * @param name unique in a run
 * @param surface the kind of API
 * @param host the base address
 * @param model the model that was asked for
 * @param way how requests got to the host, in words; unknown in reports of 0.1
 * @param serverVersion what {@code GET /version} answered
 * @param requests how many requests were sent, those sent again included
 * @param tokens the sum of the usage that the target reported
 * @param firstTokenMs median over its streams, in milliseconds
 * @param decisions how the surface and the model were chosen, one sentence each
 */
public record TargetReport(
    String name,
    String surface,
    String host,
    Optional<String> model,
    Optional<String> way,
    Optional<String> serverVersion,
    int requests,
    long tokens,
    Optional<Double> firstTokenMs,
    List<String> decisions) {}
