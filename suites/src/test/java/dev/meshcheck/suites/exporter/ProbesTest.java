package dev.meshcheck.suites.exporter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meshcheck.fixtures.targets.Entry;
import dev.meshcheck.reports.fleet.ExporterMetrics;
import dev.meshcheck.reports.fleet.ProbeMetrics;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.suites.check.Pack;
import dev.meshcheck.suites.fleet.Judged;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProbesTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Entry EU = entry("eu");

  private final AtomicInteger judged = new AtomicInteger();
  private final CountDownLatch go = new CountDownLatch(1);
  private final ExporterMetrics metrics = new ExporterMetrics(2);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Probes probes = new Probes((entry, pack, most, probe) -> judge(), 2, metrics);

  @AfterEach
  void stop() {
    go.countDown();
    probes.close();
    threads.shutdownNow();
  }

  private static Entry entry(String name) {
    return new Entry(name, Map.of(), "targets.yaml:1:1", List.of());
  }

  /** Waits, and says which one it is. */
  private Judged judge() {
    int number = judged.incrementAndGet();
    await(go, LONG);
    return new Judged.Not(ExitCode.INCOMPLETE, "judged " + number);
  }

  private static void await(CountDownLatch latch, Duration most) {
    try {
      boolean unused = latch.await(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private CompletableFuture<ProbeMetrics> ask(Entry entry, Optional<Pack> pack, Duration most) {
    return ask(probes, entry, pack, most);
  }

  private CompletableFuture<ProbeMetrics> ask(
      Probes probes, Entry entry, Optional<Pack> pack, Duration most) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return probes.ask(entry, pack, most);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        threads);
  }

  private void until(int number) {
    Awaitility.await().atMost(LONG).until(() -> judged.get() == number);
  }

  @Test
  void whoAsksMeanwhileGetsTheSameAnswer() {
    List<CompletableFuture<ProbeMetrics>> asked = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      asked.add(ask(EU, Optional.empty(), LONG));
    }
    until(1);
    // All of them wait by now, or would begin a second one.
    Awaitility.await().atMost(LONG).until(() -> waiting() == 50);
    go.countDown();

    asked.forEach(one -> assertEquals(Optional.of("judged 1"), one.join().why()));
    assertEquals(1, judged.get());
    assertEquals(1, ended("not-judged"));
    assertEquals(Optional.of("judged 2"), ask(EU, Optional.empty(), LONG).join().why());
  }

  private static long waiting() {
    return Thread.getAllStackTraces().values().stream()
        .filter(
            stack ->
                List.of(stack).stream()
                    .anyMatch(
                        at ->
                            at.getClassName().equals(Probe.class.getName())
                                && at.getMethodName().equals("await")))
        .count();
  }

  @Test
  void anotherPackIsAnotherProbeAndThereIsAnEndToThem() {
    CompletableFuture<ProbeMetrics> usual = ask(EU, Optional.empty(), LONG);
    until(1);
    CompletableFuture<ProbeMetrics> full = ask(EU, Optional.of(Pack.FULL), LONG);
    until(2);
    Refused third =
        assertThrows(Refused.class, () -> probes.ask(entry("us"), Optional.empty(), LONG));
    assertEquals(503, third.status());
    assertEquals("2 probes run already, which is all that --at-once allows", third.getMessage());
    go.countDown();

    assertEquals(Optional.of("judged 1"), usual.join().why());
    assertEquals(Optional.of("judged 2"), full.join().why());
  }

  @Test
  void whoCannotWaitLearnsNothingAboutTheHost() {
    CompletableFuture<ProbeMetrics> patient = ask(EU, Optional.empty(), LONG);
    until(1);
    Refused hasty =
        assertThrows(Refused.class, () -> probes.ask(EU, Optional.empty(), Duration.ofSeconds(1)));
    assertEquals(503, hasty.status());
    assertEquals("the probe of eu that runs already does not end in that time", hasty.getMessage());
    go.countDown();
    assertEquals(Optional.of("judged 1"), patient.join().why());
  }

  @Test
  void theHasteOfOneIsNoVerdictForAnother() {
    CountDownLatch never = new CountDownLatch(1);
    try (Probes bounded =
        new Probes(
            (entry, pack, most, probe) -> {
              int number = judged.incrementAndGet();
              if (number == 1) {
                // As a run does, which is told whole milliseconds.
                await(never, Duration.ofMillis(most.minusMillis(5).toMillis()));
              }
              return new Judged.Not(ExitCode.INCOMPLETE, "judged " + number);
            },
            2,
            metrics)) {
      CompletableFuture<ProbeMetrics> unused =
          ask(bounded, EU, Optional.empty(), Duration.ofSeconds(3));
      until(1);
      CompletableFuture<ProbeMetrics> patient = ask(bounded, EU, Optional.empty(), LONG);

      assertEquals(Optional.of("judged 2"), patient.join().why());
    }
  }

  @Test
  void whatNeverEndsHoldsNoPlace() {
    for (int i = 1; i <= 3; i++) {
      CompletableFuture<ProbeMetrics> unused = ask(EU, Optional.empty(), Duration.ofSeconds(1));
      int ended = i;
      Awaitility.await().atMost(LONG).until(() -> ended("not-judged") == ended);
      assertEquals(i, judged.get());
    }
  }

  @Test
  void theEndIsNoVerdictEither() {
    CompletableFuture<ProbeMetrics> asked = ask(EU, Optional.empty(), LONG);
    until(1);
    probes.close();
    CompletionException ended = assertThrows(CompletionException.class, asked::join);
    assertEquals("the exporter ends", ended.getCause().getMessage());
    assertEquals(
        "the exporter ends",
        assertThrows(Refused.class, () -> probes.ask(EU, Optional.empty(), LONG)).getMessage());
  }

  private double ended(String verdict) {
    return metrics.snapshots().stream()
        .flatMap(snapshot -> snapshot.getDataPoints().stream())
        .filter(point -> verdict.equals(point.getLabels().get("verdict")))
        .mapToDouble(point -> ((CounterDataPointSnapshot) point).getValue())
        .sum();
  }
}
