package dev.meshcheck.reports.model;

import java.util.Optional;

/**
 * How long each phase took, in milliseconds; absent where it did not happen or was not reached.
 *
 * @param dns resolving the host name
 * @param connect opening the TCP connection
 * @param tls the TLS handshake
 * @param firstByte from the start to the status line
 * @param total from the start to the last byte, or to the failure
 */
public record TimingsReport(
    Optional<Double> dns,
    Optional<Double> connect,
    Optional<Double> tls,
    Optional<Double> firstByte,
    double total) {}
