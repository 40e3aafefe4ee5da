package dev.meshcheck.suites.proof;

import dev.meshcheck.fixtures.gateway.Fault;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.wire.Call;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.reports.outcome.Outcome;
import dev.meshcheck.reports.outcome.Verdict;
import dev.meshcheck.suites.check.Catalogue.Entry;
import dev.meshcheck.suites.proof.Workshop.Sending;
import dev.meshcheck.suites.run.Embedded;
import dev.meshcheck.suites.run.Suites;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks for false alarms: the whole catalogue, many times, over a reference gateway that keeps the
 * contract, answers after a wait that nobody can foresee, and writes in pieces of any length.
 * {@code bench/soak} runs it.
 */
final class Soak {

  /** The name of the variation that every run is under. */
  static final String WEATHER = "soak";

  private static final int LONGEST_WAIT_MS = 200;

  private final List<Entry> catalogue = Suites.catalogue();
  private final int runs;
  private final long seed;
  private final PrintStream out;
  private final Map<Outcome, Integer> seen = new EnumMap<>(Outcome.class);
  private int missing;

  private Soak(int runs, long seed, PrintStream out) {
    this.runs = runs;
    this.seed = seed;
    this.out = out;
  }

  public static void main(String[] args) throws Exception {
    if (args.length != 2) {
      throw new IllegalArgumentException("usage: Soak RUNS SEED");
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(new Soak(Integer.parseInt(args[0]), Long.parseLong(args[1]), out).run() ? 0 : 1);
  }

  private boolean run() throws Exception {
    out.println("seed " + seed);
    long start = System.nanoTime();
    ExecutorService pool = Executors.newFixedThreadPool(GatewaySurface.values().length);
    try (Workshop workshop = new Workshop(catalogue, Sending.ALL)) {
      for (int run = 1; run <= runs; run++) {
        Fault weather = weather(seed + run);
        Map<GatewaySurface, Future<List<Verdict>>> judged = new EnumMap<>(GatewaySurface.class);
        for (GatewaySurface surface : GatewaySurface.values()) {
          judged.put(surface, pool.submit(() -> workshop.judge(surface, weather)));
        }
        for (GatewaySurface surface : GatewaySurface.values()) {
          count(run, surface, judged.get(surface).get());
        }
      }
    } finally {
      pool.shutdownNow();
    }
    return tell(Duration.ofNanos(System.nanoTime() - start));
  }

  private void count(int run, GatewaySurface surface, List<Verdict> verdicts) {
    for (Verdict verdict : verdicts) {
      seen.merge(verdict.outcome(), 1, Integer::sum);
      if (KillMatrix.isBad(verdict.outcome(), Fault.Kind.VARIATION)) {
        out.printf(
            "run %d, %s: %s %s: %s%n",
            run, surface, verdict.check().id(), verdict.outcome(), verdict.message());
      }
    }
    long planned = catalogue.stream().filter(e -> e.isAbout(Embedded.surface(surface))).count();
    if (planned != verdicts.size()) {
      out.printf("run %d, %s: %d of %d judged%n", run, surface, verdicts.size(), planned);
      missing += Math.toIntExact(planned - verdicts.size());
    }
  }

  private boolean tell(Duration took) {
    int checkRuns = seen.values().stream().mapToInt(Integer::intValue).sum();
    out.println("runs " + runs);
    out.println("check-runs " + checkRuns);
    out.println("failures " + of(Outcome.FAILED));
    out.println("warnings " + of(Outcome.WARNED));
    out.println("could-not-runs " + of(Outcome.COULD_NOT_RUN));
    out.println("never judged " + missing);
    out.println(
        "others: passed "
            + of(Outcome.PASSED)
            + ", recorded "
            + of(Outcome.RECORDED)
            + ", inapplicable "
            + of(Outcome.INAPPLICABLE));
    out.println(String.format(Locale.ROOT, "wall time %.1f s", took.toMillis() / 1000.0));
    return checkRuns > 0
        && missing == 0
        && of(Outcome.FAILED) + of(Outcome.WARNED) + of(Outcome.COULD_NOT_RUN) == 0;
  }

  private int of(Outcome outcome) {
    return seen.getOrDefault(outcome, 0);
  }

  /** Waits of 0 to 200 ms before each answer, and cuts of 1 to 200 bytes in its body. */
  private static Fault weather(long seed) {
    return new Fault(
        WEATHER,
        "Every answer waits, and comes in pieces of any length",
        Fault.Kind.VARIATION,
        Set.of(),
        Set.of(),
        true,
        () -> weatherHooks(seed));
  }

  /**
   * Many requests are answered at once, so what befalls one is drawn from what it asks and how
   * often that was asked before, and not from the order of arrival.
   */
  private static Hooks weatherHooks(long seed) {
    Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    return Hooks.onReply(
        (call, reply) -> {
          String what = question(call);
          int nth = asked.computeIfAbsent(what, w -> new AtomicInteger()).incrementAndGet();
          Random chance = new Random(31 * (31 * seed + what.hashCode()) + nth);
          return under(chance, reply);
        });
  }

  private static Reply under(Random chance, Reply reply) {
    Duration wait = Duration.ofMillis(chance.nextInt(LONGEST_WAIT_MS + 1));
    long cuts = chance.nextLong();
    return reply.deliver(d -> d.beforeHeaders(d.beforeHeaders().plus(wait)).piecesAnywhere(cuts));
  }

  private static String question(Call call) {
    return call.method() + " " + call.path() + " " + call.body().text();
  }
}
