package dev.meshcheck.reports.model;

import java.util.List;
import java.util.Optional;

/**
 * What was sent, redacted.
 *
 * @param method in upper case
 * @param url absolute
 * @param headers in the order of the wire
 * @param body as text, where there is one
 * @param truncated whether the report holds only the beginning of the body
 * @param behind the request before it on the same connection, where the check is about that
 */
public record RequestReport(
    String method,
    String url,
    List<HeaderReport> headers,
    Optional<String> body,
    boolean truncated,
    Optional<RequestReport> behind) {}
