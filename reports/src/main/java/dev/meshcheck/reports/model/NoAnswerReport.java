package dev.meshcheck.reports.model;

import dev.meshcheck.fixtures.exchange.NoAnswer;

/** Why there was no status line. */
public record NoAnswerReport(NoAnswer.Kind kind, String message) {}
