package dev.meshcheck.reports.model;

/**
 * A duration that moved by more than its noise.
 *
 * @param target the name of the target
 * @param what was measured, such as {@code first token} or {@code POST /v1/chat/completions}
 * @param beforeMs the median before, in milliseconds
 * @param afterMs the median now, in milliseconds
 */
public record Shift(String target, String what, double beforeMs, double afterMs) {}
