package dev.meshcheck.suites.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.fixtures.gateway.Fault;
import dev.meshcheck.fixtures.gateway.fault.Faults;
import dev.meshcheck.suites.proof.Workshop.Sending;
import dev.meshcheck.suites.run.Suites;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every failure of the kill matrix names the exchange that it rests on. */
class DecisiveTest {

  private static final int WORKERS = 2;

  /** An answer among all of a run, a comparison, an almost right key, and a kept connection. */
  private static final List<String> SAMPLE =
      List.of(
          "error-stack-trace",
          "chat-stream-logprobs-swapped",
          "auth-key-in-capitals-accepted",
          "http-answer-followed");

  @Test
  @Tag("long")
  void everyFailureNamesTheExchangeThatItRestsOn() throws Exception {
    String some = System.getProperty("meshcheck.faults", ".*");
    assertEquals(
        "", wrong(Faults.breaking().stream().filter(f -> f.name().matches(some)).toList()));
  }

  @Test
  @Tag("long")
  void aFailureNamesTheExchangeThatItRestsOn() throws Exception {
    assertEquals("", wrong(SAMPLE.stream().map(name -> Faults.named(name).orElseThrow()).toList()));
  }

  private static String wrong(List<Fault> faults) throws Exception {
    ConcurrentLinkedQueue<Fault> waiting = new ConcurrentLinkedQueue<>(faults);
    ExecutorService pool = Executors.newFixedThreadPool(WORKERS);
    List<Future<List<String>>> workers = new ArrayList<>();
    for (int i = 0; i < Math.min(WORKERS, faults.size()); i++) {
      workers.add(pool.submit(() -> work(waiting)));
    }
    List<String> wrong = new ArrayList<>();
    for (Future<List<String>> worker : workers) {
      wrong.addAll(worker.get());
    }
    pool.shutdown();
    return String.join("\n", wrong.stream().sorted().toList());
  }

  private static List<String> work(ConcurrentLinkedQueue<Fault> waiting) {
    List<String> wrong = new ArrayList<>();
    try (Workshop workshop = new Workshop(Suites.catalogue(), Sending.CHANGED_ANSWERS)) {
      for (Fault fault = waiting.poll(); fault != null; fault = waiting.poll()) {
        wrong.addAll(Decisive.wrong(workshop, fault));
      }
    }
    return wrong;
  }
}
