package dev.meshcheck.suites.fleet;

import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.suites.run.Interruptions;
import java.util.Optional;
import java.util.function.Supplier;

/** The run of one environment, which whoever judges many can cut short. Thread-safe. */
public final class Running implements Interruptions {

  private Optional<Supplier<RunReport>> ending = Optional.empty();
  private boolean stopped;

  @Override
  public Heeded heed(Supplier<RunReport> cutShort) {
    if (begins(cutShort)) {
      // It was told to end before it began, so it ends before it sends.
      var unused = cutShort.get();
    }
    // It stays heeded: a run that has ended says so by itself, and does not change any more.
    return () -> {};
  }

  private synchronized boolean begins(Supplier<RunReport> cutShort) {
    ending = Optional.of(cutShort);
    return stopped;
  }

  /** Ends the run, now or when it begins, and returns what it knows; nothing before it begins. */
  public Optional<RunReport> stop() {
    return toStop().map(Supplier::get);
  }

  private synchronized Optional<Supplier<RunReport>> toStop() {
    stopped = true;
    return ending;
  }
}
