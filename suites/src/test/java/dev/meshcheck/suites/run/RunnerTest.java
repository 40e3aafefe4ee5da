package dev.meshcheck.suites.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.fixtures.exchange.ExchangeLimits;
import dev.meshcheck.fixtures.exchange.Exchanger;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.fixtures.surface.Surfaces;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.outcome.Level;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.outcome.Verdict;
import dev.meshcheck.suites.check.Alone;
import dev.meshcheck.suites.check.Catalogue;
import dev.meshcheck.suites.check.Check;
import dev.meshcheck.suites.check.Probe;
import dev.meshcheck.suites.check.RunContext.Planned;
import dev.meshcheck.suites.check.Sources;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** How checks are run: of suites that are made up here, and that send nothing. */
class RunnerTest {

  private static final int SECONDS = 60;

  private final List<Verdict> verdicts = Collections.synchronizedList(new ArrayList<>());
  private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

  /** Two checks, each of which waits for the other. */
  static final class MeetingSuite {

    private static final CountDownLatch BOTH = new CountDownLatch(2);

    private static void meet() throws InterruptedException {
      BOTH.countDown();
      if (!BOTH.await(SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the other one does not run beside this one");
      }
    }

    @Check(
        id = "meeting.one",
        title = "one is there",
        level = Level.MUST,
        route = RouteName.HEALTH,
        source = Sources.REFERENCE,
        first = true)
    void one(Probe probe) throws InterruptedException {
      meet();
    }

    @Check(
        id = "meeting.other",
        title = "the other is there",
        level = Level.MUST,
        route = RouteName.HEALTH,
        source = Sources.REFERENCE,
        first = true)
    void other(Probe probe) throws InterruptedException {
      meet();
    }
  }

  /** Comes first in the plan, and last in the run. */
  @Alone
  static final class LastSuite {

    @Check(
        id = "last.alone",
        title = "it comes last",
        level = Level.MUST,
        route = RouteName.HEALTH,
        source = Sources.REFERENCE,
        first = true)
    void alone(Probe probe) {
      if (MeetingSuite.BOTH.getCount() > 0) {
        throw new IllegalStateException("others have not even begun");
      }
    }
  }

  /** Checks that are broken in themselves. */
  static final class BrokenSuite {

    @Check(
        id = "broken.error",
        title = "it breaks",
        level = Level.MUST,
        route = RouteName.HEALTH,
        source = Sources.REFERENCE,
        first = true)
    // It breaks whenever it is run, which is what it is for.
    @SuppressWarnings("DoNotCallSuggester")
    void error(Probe probe) {
      throw new OutOfMemoryError("made up");
    }

    @Check(
        id = "broken.not",
        title = "the others go on",
        level = Level.INFO,
        route = RouteName.HEALTH,
        source = Sources.REFERENCE,
        first = true)
    void not(Probe probe) {
      probe.record("seen");
    }
  }

  private static Target target(String name) {
    return new Target(
        name,
        Surfaces.named("serverless").orElseThrow(),
        URI.create("http://127.0.0.1:1"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Plans each check on each target. */
  private void run(int atOnce, Consumer<Verdict> sink, List<Target> targets, Class<?>... suites)
      throws Exception {
    List<Catalogue.Entry> entries = Catalogue.of(List.of(suites));
    List<Planned> plan =
        entries.stream()
            .flatMap(e -> targets.stream().map(target -> new Planned(e.info().id(), target)))
            .toList();
    try (Exchanger exchanger = new Exchanger(ExchangeLimits.DEFAULT, SSLContext.getDefault())) {
      Runner.run(entries, targets, plan, exchanger, atOnce, sink, notes::add);
    }
  }

  private static String told(Verdict verdict) {
    return verdict.check().id() + " " + verdict.target().name() + " " + verdict.outcome();
  }

  @Test
  void manyRunAtOnceAndThoseAloneComeLast() throws Exception {
    run(48, verdicts::add, List.of(target("a")), LastSuite.class, MeetingSuite.class);

    assertEquals(List.of(), notes);
    List<String> told = verdicts.stream().map(RunnerTest::told).toList();
    assertThat(
        told.subList(0, 2), containsInAnyOrder("meeting.one a passed", "meeting.other a passed"));
    assertEquals(List.of("last.alone a passed"), told.subList(2, 3));
  }

  @Test
  void whatBreaksIsCouldNotRunOnEachTargetAndTheOthersGoOn() throws Exception {
    // Two of the same name are two.
    List<Target> targets = Stream.of("a", "b", "b").map(RunnerTest::target).toList();
    run(1, verdicts::add, targets, BrokenSuite.class);

    assertEquals(List.of(), notes);
    assertThat(
        verdicts.stream().map(RunnerTest::told).toList(),
        containsInAnyOrder(
            "broken.error a could-not-run",
            "broken.error b could-not-run",
            "broken.error b could-not-run",
            "broken.not a recorded",
            "broken.not b recorded",
            "broken.not b recorded"));
    Verdict broken =
        verdicts.stream().filter(v -> v.outcome() == Outcome.COULD_NOT_RUN).findFirst().get();
    assertEquals(Optional.of(Reason.MESHCHECK_ERROR), broken.reason());
    assertEquals(
        "Meshcheck broke in this check: java.lang.OutOfMemoryError: made up", broken.message());
  }

  @Test
  void aVerdictThatCannotBeTakenIsNoted() throws Exception {
    Consumer<Verdict> full =
        verdict -> {
          throw new IllegalStateException("no room");
        };
    run(1, full, List.of(target("a")), BrokenSuite.class);

    assertThat(
        notes,
        containsInAnyOrder(
            "broken.error [a] broke: java.lang.IllegalStateException: no room",
            "broken.not [a] broke: java.lang.IllegalStateException: no room"));
  }
}
