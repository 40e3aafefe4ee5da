package dev.meshcheck.reports.model;

import java.util.Optional;

/**
 * How fast streams are with so many in flight.
 *
 * @param inFlight how many were, always
 * @param streams how many were measured
 * @param firstTokenMs the median of the time to the first token, without what opening the
 *     connection took
 * @param firstTokenP95Ms its 95th percentile
 * @param tokensPerSecond the median of a stream's; absent where streams do not tell their tokens
 * @param togetherPerSecond the tokens per second of all that were in flight
 */
public record LoadReport(
    int inFlight,
    int streams,
    double firstTokenMs,
    double firstTokenP95Ms,
    Optional<Double> tokensPerSecond,
    Optional<Double> togetherPerSecond) {}
