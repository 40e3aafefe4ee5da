package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.exchange.InFlight;
import dev.meshcheck.reports.console.ConsoleStyle;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * What a run has around it.
 *
 * @param environment the variables of the process, for the reports
 * @param voice who hears of it
 * @param interruptions who ends it before its time
 * @param inFlight whose turn it is to send, beside the run's own bound
 * @param sideBySide how many runs there are at once, which share the memory for bodies
 */
public record Surroundings(
    Map<String, String> environment,
    Voice voice,
    Interruptions interruptions,
    InFlight inFlight,
    int sideBySide) {

  /** Keeps a copy. */
  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /**
   * Those of a run that is alone in its process.
   *
   * @param style what the console behind {@code out} can show
   * @param halt ends the process with a code at once, after an interrupted run has been told
   */
  static Surroundings alone(
      Map<String, String> environment, PrintWriter out, ConsoleStyle style, IntConsumer halt) {
    return new Surroundings(
        environment,
        Voice.console(out, style),
        Interruptions.ofProcess(halt),
        InFlight.UNBOUNDED,
        1);
  }
}
