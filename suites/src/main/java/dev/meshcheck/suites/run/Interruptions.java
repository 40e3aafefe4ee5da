package dev.meshcheck.suites.run;

import dev.meshcheck.reports.model.RunReport;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Where runs say how they end when the process is told to end (Ctrl-C, SIGTERM): nothing more is
 * sent, every report is written, and the process exits as an incomplete run does.
 */
@FunctionalInterface
public interface Interruptions {

  /**
   * Heeds interruptions until they are to be ignored.
   *
   * @param cutShort ends the run, and returns what it knows by then
   */
  Heeded heed(Supplier<RunReport> cutShort);

  /** A run that heeds interruptions. */
  @FunctionalInterface
  interface Heeded {

    /** The run has told everything by itself. */
    void ignore();
  }

  /**
   * Those of a process with one run.
   *
   * @param halt ends the process with a code at once
   */
  static Interruptions ofProcess(IntConsumer halt) {
    return cutShort ->
        // The threads that wait for answers are not worth waiting for.
        Interruption.heed(() -> halt.accept(cutShort.get().run().exitCode().orElseThrow()));
  }
}
