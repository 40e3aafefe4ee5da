package dev.meshcheck.reports.outcome;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.surface.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One check judged on one target. It may still hold secrets; the reports redact it.
 *
 * @param check what was checked
 * @param target on whom
 * @param outcome what became of it
 * @param reason why it did not pass; empty for passed and recorded
 * @param message one sentence that stands alone
 * @param expected what the contract asks for, where something failed
 * @param actual what came back instead, where something failed
 * @param exchanges what the verdict rests on, the decisive one last
 * @param duration how long the check took, waiting for shared exchanges included
 */
public record Verdict(
    CheckInfo check,
    Target target,
    Outcome outcome,
    Optional<Reason> reason,
    String message,
    Optional<String> expected,
    Optional<String> actual,
    List<Exchange> exchanges,
    Duration duration) {}
