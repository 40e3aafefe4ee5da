package dev.meshcheck.reports.model;

/** One header field as it went over the wire, redacted. */
public record HeaderReport(String name, String value) {}
