package dev.meshcheck.suites.run;

import dev.meshcheck.reports.console.ConsoleReport;
import dev.meshcheck.reports.console.ConsoleStyle;
import dev.meshcheck.reports.console.Kept;
import dev.meshcheck.reports.run.RunObserver;
import java.io.PrintWriter;
import java.util.function.Consumer;

/** Who hears of a run while it goes on. */
public interface Voice {

  /**
   * Who hears of one run.
   *
   * @param observer takes what happens
   * @param waits takes what the run waits for before anything has happened
   */
  record Heard(RunObserver observer, Consumer<String> waits) {}

  /** Tells of a run that is kept there. */
  Heard of(Kept kept);

  /** Something went wrong beside the run, such as a file that could not be written. */
  void problem(String line);

  /** The console of a run that is alone on it. */
  static Voice console(PrintWriter out, ConsoleStyle style) {
    return new Voice() {

      @Override
      public Heard of(Kept kept) {
        ConsoleReport console = new ConsoleReport(out, style, kept);
        return new Heard(console, console::waitsFor);
      }

      @Override
      public void problem(String line) {
        out.println("meshcheck: " + line);
        out.flush();
      }
    };
  }
}
