package dev.meshcheck.reports.model;

import java.util.Optional;

/**
 * One server-sent event.
 *
 * @param atMs when it was complete, in milliseconds after sending
 * @param event its type, where it had one
 * @param data its data lines joined by line feeds
 */
public record FrameReport(double atMs, Optional<String> event, String data) {}
