package dev.meshcheck.suites.diagnose;

import dev.meshcheck.reports.cause.DiagnosisReport;
import dev.meshcheck.reports.cause.DiagnosisReport.CauseLine;
import dev.meshcheck.reports.cause.DiagnosisReport.LayerReport;
import dev.meshcheck.reports.cause.DiagnosisReport.TargetLine;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.text.Plain;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Tells a diagnosis to people: each layer as it is done, then the causes. */
public final class DiagnosisConsole implements DiagnosisObserver {

  private static final int LONGEST = 600;

  private final PrintWriter out;

  /** A console that prints there. */
  public DiagnosisConsole(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void began(List<TargetLine> targets) {
    for (TargetLine target : targets) {
      line("diagnosis of " + target.name() + " at " + target.host());
    }
  }

  @Override
  public void looked(LayerReport layer) {
    String state =
        switch (layer.state()) {
          case OK -> "ok";
          case BROKEN -> "BROKEN";
          case NOT_REACHED -> "not reached";
        };
    line(String.format("%n%-22s %s", layer.layer().title(), state).replace("\r", ""));
    layer.seen().forEach(seen -> line("  " + Plain.line(seen, LONGEST)));
    out.flush();
  }

  @Override
  public void ended(DiagnosisReport report) {
    line("");
    if (report.causes().isEmpty()) {
      line("nothing wrong found");
    }
    int number = 1;
    for (CauseLine cause : report.causes()) {
      tell(number++, cause);
    }
    String exit = report.exitCode() + ": " + meaning(report);
    line(
        String.format(
            Locale.ROOT,
            "%d requests, %d tokens, %.1f s · exit %s",
            report.requests(),
            report.tokens(),
            report.durationMs() / 1000.0,
            exit));
    out.flush();
  }

  /** The exit codes are those of {@code verify}, but for 1, which there judges the host alone. */
  private static String meaning(DiagnosisReport report) {
    if (report.exitCode() == ExitCode.BROKEN_CONTRACT.code()) {
      return "a cause was found";
    }
    boolean passed = report.exitCode() == ExitCode.PASSED.code();
    return passed ? "nothing stands in the way" : ExitCode.of(report.exitCode()).meaning();
  }

  private void tell(int number, CauseLine cause) {
    boolean sure = cause.confidence() > 0;
    String confidence = sure ? ", " + Math.round(cause.confidence() * 100) + " % sure" : "";
    String perhaps = cause.suspicion() ? "Perhaps: " : "";
    line(
        number
            + ". "
            + perhaps
            + cause.title()
            + (cause.harmless() ? " (not in the way now)" : ""));
    line("   cause:    " + cause.cause() + " [" + cause.target() + "]" + confidence);
    cause.evidence().forEach(text -> line("   evidence: " + Plain.line(text, LONGEST)));
    cause
        .ruledOut()
        .forEach(r -> line("   not " + r.cause() + ": " + Plain.line(r.because(), LONGEST)));
    cause.settle().ifPresent(how -> line("   settle:   " + Plain.line(how, 2000)));
    cause.next().forEach(step -> line("   next:     " + Plain.line(step, 2000)));
    line("");
  }

  private void line(String text) {
    // Not println: the output has the same bytes on every system.
    out.print(Plain.noCommand(text) + "\n");
  }
}
