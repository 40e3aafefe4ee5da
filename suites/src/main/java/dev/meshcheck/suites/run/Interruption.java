package dev.meshcheck.suites.run;

import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.run.RunLog;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Lets a run that is told to end (Ctrl-C, SIGTERM) tell what it knows by then: nothing more is
 * sent, every report is written, and the process exits as an incomplete run does.
 */
final class Interruption {

  private final Thread hook;

  private Interruption(Thread hook) {
    this.hook = hook;
  }

  /**
   * Heeds interruptions until they are to be ignored.
   *
   * @param begun the run so far, or one that has judged nothing where it has not begun
   * @param stopSending makes sure that no further request leaves
   * @param halt ends the process with a code at once
   */
  static Interruption heed(
      Supplier<RunLog> begun, Runnable stopSending, PrintWriter out, IntConsumer halt) {
    Thread hook =
        new Thread(
            () -> {
              stopSending.run();
              RunLog log = begun.get();
              RunReport report = log.cutShort(Instant.now());
              log.problems().forEach(problem -> out.println("meshcheck: " + problem));
              out.flush();
              // The threads that wait for answers are not worth waiting for.
              halt.accept(report.run().exitCode().orElseThrow());
            },
            "meshcheck-interruption");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Interruption(hook);
  }

  /** The run has told everything by itself. */
  void ignore() {
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already, and the hook tells the run.
    }
  }
}
