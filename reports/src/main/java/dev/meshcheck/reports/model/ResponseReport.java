package dev.meshcheck.reports.model;

import dev.meshcheck.fixtures.exchange.Answer;
import java.util.List;

/**
 * What came back, redacted.
 *
 * @param status the HTTP status
 * @param headers in the order of the wire
 * @param body as UTF-8 text; malformed bytes are U+FFFD
 * @param truncated whether the report holds only the beginning of the body, or fewer frames
 * @param ending how the body ended on the wire
 */
public record ResponseReport(
    int status, List<HeaderReport> headers, String body, boolean truncated, Answer.Ending ending) {}
