package dev.meshcheck.suites.fleet;

import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.suites.run.Interruptions;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.commons.lang3.concurrent.BasicThreadFactory;

/** The run of one environment, which whoever judges many can cut short. Thread-safe. */
public final class Running implements Interruptions {

  /** A scheduler that says SIGTERM kills some seconds later. */
  private static final long LAST_WORDS_MS = 3_000;

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

  /** Does what ends each of many runs, several at once, and returns within some seconds. */
  public static void endAll(Stream<Runnable> endings) {
    ExecutorService several =
        Executors.newFixedThreadPool(
            4, BasicThreadFactory.builder().namingPattern("meshcheck-ending").daemon().build());
    endings.forEach(several::execute);
    several.shutdown();
    try {
      boolean unused = several.awaitTermination(LAST_WORDS_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Optional<Supplier<RunReport>> toStop() {
    stopped = true;
    return ending;
  }
}
