package dev.meshcheck.reports.model;

import java.time.Instant;

/**
 * The certificate that a target showed last.
 *
 * @param notBefore its first moment
 * @param notAfter its last moment
 */
public record CertificateReport(Instant notBefore, Instant notAfter) {}
