package dev.meshcheck.suites.explain;

import dev.meshcheck.fixtures.settings.Program;
import dev.meshcheck.reports.cause.Cause;
import dev.meshcheck.reports.console.Lines;
import dev.meshcheck.reports.text.NextStep;
import java.util.Comparator;

/** What one cause is, and what to do about it. */
final class CausePage {

  private CausePage() {}

  static void write(Cause cause, Lines lines) {
    lines.bold(cause.slug());
    lines.line(2, cause.title());
    lines.line("");
    lines.line(2, cause.explanation().strip());
    if (cause.harmless()) {
      lines.line(2, "Requests are answered all the same.");
    }
    if (cause.caller()) {
      lines.line(2, "It lies on this side: what it explains says nothing of the host.");
    }
    lines.line("");
    lines.bold("What to do next ({braces} are filled in where it is found)");
    cause.next().entrySet().stream()
        .sorted(Comparator.comparing(steps -> steps.getKey().equals("any")))
        .forEach(
            steps -> {
              if (cause.next().size() > 1) {
                String where = steps.getKey().equals("any") ? "otherwise" : "on " + steps.getKey();
                lines.line(2, where + ":");
              }
              steps.getValue().forEach(step -> step(step, lines));
            });
    cause
        .settle()
        .ifPresent(how -> lines.line(2, "Told as a suspicion, it is settled by " + how + "."));
    if (!cause.rivals().isEmpty()) {
      lines.line("");
      lines.bold("Looks like it");
      cause.rivals().forEach(rival -> lines.line(2, Program.name() + " explain " + rival));
    }
    cause
        .source()
        .ifPresent(
            url -> {
              lines.line("");
              lines.line("source: " + url);
            });
  }

  private static void step(String step, Lines lines) {
    if (NextStep.of(step).command().isPresent()) {
      lines.whole(4, step);
    } else {
      lines.line(4, step);
    }
  }
}
