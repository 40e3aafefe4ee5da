package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.suites.check.Ask;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Sends requests at once, and no more than a diagnosis may cost. */
final class Budget {

  /** For one inference host and its control plane. */
  static final int MOST_REQUESTS = 20;

  /** Kept for the question whether answers change, which is asked last. */
  private static final int KEPT = 2;

  private final ExecutorService threads;
  private int left;
  private int kept = KEPT;

  Budget(ExecutorService threads, int hosts) {
    this.threads = threads;
    this.left = MOST_REQUESTS * Math.max(1, hosts);
  }

  /** Waits for all of them; what is over the budget is not sent. */
  List<Exchange> send(List<Ask> asks) {
    return send(asks, left - kept);
  }

  /** The same, at the cost of what was kept. */
  List<Exchange> urgent(List<Ask> asks) {
    return send(asks, left);
  }

  private List<Exchange> send(List<Ask> asks, int most) {
    List<Ask> affordable = new ArrayList<>();
    int rest = most;
    for (Ask ask : asks) {
      if (ask.requests() <= rest) {
        affordable.add(ask);
        rest -= ask.requests();
      }
    }
    left -= most - rest;
    return all(
        threads,
        affordable.stream().<Callable<Exchange>>map(a -> () -> a.send().exchange()).toList());
  }

  /** From now on what was kept may be spent. */
  void release() {
    kept = 0;
  }

  /** Waits for a stream. */
  List<Exchange> stream(Ask ask) {
    if (left <= kept) {
      return List.of();
    }
    left--;
    return List.of(ask.stream().exchange());
  }

  /** What these tasks bring, in their order. */
  static <T> List<T> all(ExecutorService threads, List<Callable<T>> tasks) {
    List<Future<T>> futures = tasks.stream().map(threads::submit).toList();
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      try {
        results.add(future.get());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for an answer", e);
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
    return results;
  }
}
