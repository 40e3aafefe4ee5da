package dev.meshcheck.suites.diagnose;

import dev.meshcheck.reports.cause.DiagnosisReport;
import dev.meshcheck.reports.cause.DiagnosisReport.CauseLine;
import dev.meshcheck.reports.cause.DiagnosisReport.LayerReport;
import dev.meshcheck.reports.cause.DiagnosisReport.State;
import dev.meshcheck.reports.cause.DiagnosisReport.TargetLine;
import dev.meshcheck.reports.cause.Layer;
import dev.meshcheck.reports.console.ConsoleStyle;
import dev.meshcheck.reports.console.Lines;
import dev.meshcheck.reports.console.ProgressLine;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.text.Plain;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Tells a diagnosis to people: what is wrong and what to do first, then what was seen. */
public final class DiagnosisConsole implements DiagnosisObserver {

  private static final int LONGEST = 600;
  private static final int LONGEST_STEP = 2000;

  private final PrintWriter out;
  private final ConsoleStyle style;
  private final Lines lines;
  private final ProgressLine progress;
  private String whom = "";

  /** A console that prints there. */
  public DiagnosisConsole(PrintWriter out, ConsoleStyle style) {
    this.out = out;
    this.style = style;
    this.lines = new Lines(out, style);
    this.progress = new ProgressLine(out, style);
  }

  @Override
  public void began(List<TargetLine> targets) {
    for (TargetLine target : targets) {
      lines.line("diagnosis of " + target.name() + " at " + target.host());
    }
    out.flush();
    whom = targets.isEmpty() ? "" : " of " + targets.get(0).host();
    progress.show("looking at the " + Layer.SETTINGS.title() + whom);
  }

  @Override
  public void looked(Layer layer) {
    Arrays.stream(Layer.values())
        .filter(next -> next.compareTo(layer) > 0)
        .findFirst()
        .ifPresent(next -> progress.show("looking at the " + next.title() + whom));
  }

  @Override
  public void ended(DiagnosisReport report) {
    progress.end();
    lines.line("");
    if (report.causes().isEmpty()) {
      lines.line(0, "nothing wrong found", style::green);
      lines.line("");
    }
    int number = 1;
    for (CauseLine cause : report.causes()) {
      tell(number++, cause);
    }
    report.layers().forEach(this::tell);
    lines.line("");
    String exit = report.exitCode() + ": " + meaning(report);
    lines.line(
        0,
        String.format(
            Locale.ROOT,
            "%d requests, %d tokens, %.1f s · exit %s",
            report.requests(),
            report.tokens(),
            report.durationMs() / 1000.0,
            exit),
        style::bold);
    out.flush();
  }

  private void tell(LayerReport layer) {
    String state =
        switch (layer.state()) {
          case OK -> "ok";
          case BROKEN -> "BROKEN";
          case NOT_REACHED -> "not reached";
        };
    lines.line(0, String.format("%-22s %s", layer.layer().title(), state), colour(layer.state()));
    layer.seen().forEach(seen -> lines.line(2, Plain.line(seen, LONGEST)));
  }

  private UnaryOperator<String> colour(State state) {
    return switch (state) {
      case OK -> style::green;
      case BROKEN -> style::red;
      case NOT_REACHED -> style::dim;
    };
  }

  /**
   * The exit codes are those of {@code verify}, but for 1, which there judges the host alone, and
   * 4, which also stands for a host that is reached where a certificate is taken that clients
   * refuse.
   */
  private static String meaning(DiagnosisReport report) {
    if (report.exitCode() == ExitCode.BROKEN_CONTRACT.code()
        || report.exitCode() == ExitCode.UNREACHABLE.code()) {
      return report.causes().stream()
          .filter(cause -> !cause.harmless())
          .findFirst()
          .map(cause -> cause.cause() + ": " + cause.title())
          .orElse("a cause was found");
    }
    boolean passed = report.exitCode() == ExitCode.PASSED.code();
    return passed ? "nothing stands in the way" : ExitCode.of(report.exitCode()).meaning();
  }

  private void tell(int number, CauseLine cause) {
    boolean sure = cause.confidence() > 0;
    String confidence = sure ? ", " + Math.round(cause.confidence() * 100) + " % sure" : "";
    String perhaps = cause.suspicion() ? "Perhaps: " : "";
    lines.line(
        0,
        number + ". " + perhaps + cause.title() + (cause.harmless() ? " (not in the way now)" : ""),
        cause.harmless() || cause.suspicion() ? style::yellow : style::red);
    said("cause:    " + cause.cause() + " [" + cause.target() + "]" + confidence);
    cause.evidence().forEach(text -> said("evidence: " + Plain.line(text, LONGEST)));
    cause
        .ruledOut()
        .forEach(r -> said("not " + r.cause() + ": " + Plain.line(r.because(), LONGEST)));
    cause.settle().ifPresent(how -> said("settle:   " + Plain.line(how, LONGEST_STEP)));
    cause.next().forEach(step -> lines.whole(3, "next:     " + Plain.line(step, LONGEST_STEP)));
    lines.line("");
  }

  private void said(String text) {
    lines.line(3, text);
  }
}
