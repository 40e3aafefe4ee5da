package dev.meshcheck.reports.model;

/**
 * What the cache saves.
 *
 * @param prompts how many were sent twice
 * @param coldMs the median of the time to the first token at first
 * @param warmMs the same of the second time
 * @param speedUp how many times as fast the second time was
 */
public record WarmthReport(int prompts, double coldMs, double warmMs, double speedUp) {}
