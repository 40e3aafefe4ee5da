package dev.meshcheck.reports.known;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.meshcheck.fixtures.settings.Program;
import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.text.Plain;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Writes the failures of a run as a list of known failures, to begin with or to renew one. */
public final class KnownFailuresWriter {

  private static final ObjectMapper QUOTES = new ObjectMapper();

  private KnownFailuresWriter() {}

  /**
   * The text of the file.
   *
   * @param before whose reasons are kept where they still hold
   * @param today named where nobody has given a reason yet
   */
  public static String write(RunReport report, Optional<KnownFailures> before, LocalDate today) {
    StringBuilder text = new StringBuilder();
    text.append(
        "# Failures that are expected: " + Program.name() + " verify --known-failures FILE\n");
    text.append("# Fields: check (a glob), surface or target, reason, issue, until.\n");
    List<CheckResult> failures =
        report.results().stream()
            .filter(
                r ->
                    r.outcome() == Outcome.FAILED
                        || (report.run().strict() && r.outcome() == Outcome.WARNED))
            .toList();
    if (failures.isEmpty()) {
      text.append("[]\n");
    }
    for (CheckResult failure : failures) {
      Optional<KnownFailure> entry =
          before.stream()
              .flatMap(b -> b.entries().stream())
              .filter(e -> e.isAbout(failure))
              .findFirst();
      text.append("\n# ").append(Plain.line(failure.message(), 150)).append('\n');
      text.append("- check: ").append(failure.check()).append('\n');
      text.append("  target: ").append(quoted(failure.target())).append('\n');
      text.append("  reason: ")
          .append(
              quoted(
                  entry
                      .map(KnownFailure::reason)
                      .orElse("written on " + today + "; say why it is expected")))
          .append('\n');
      entry
          .flatMap(KnownFailure::issue)
          .ifPresent(i -> text.append("  issue: ").append(i).append('\n'));
      entry
          .flatMap(KnownFailure::until)
          .ifPresent(u -> text.append("  until: ").append(u).append('\n'));
    }
    return text.toString();
  }

  /** JSON strings are YAML strings. */
  private static String quoted(String text) {
    try {
      return QUOTES.writeValueAsString(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("every string is JSON", e);
    }
  }
}
