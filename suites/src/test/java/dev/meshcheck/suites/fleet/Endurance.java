package dev.meshcheck.suites.fleet;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.meshcheck.fixtures.gateway.Fault;
import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import dev.meshcheck.fixtures.gateway.fault.Faults;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.Sources;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Night after night over twenty gateways with faults drawn by lot, all in this process: what a run
 * takes it has to give back. {@code bench/endurance} runs it and says what it is for.
 */
final class Endurance {

  private static final int GATEWAYS = 20;
  private static final int MOST_FAULTS = 2;

  /** Nights until classes are loaded and caches are full. */
  private static final int WARM_UP = 3;

  /**
   * What a night leaves differs with its faults; a leak of a hundredth a night shows within an
   * hour.
   */
  private static final double HEAP_MAY_GROW = 1.25;

  /** A second apart. */
  private static final int COLLECTIONS = 3;

  private static final int THREADS_MAY_GROW = 4;
  private static final int DESCRIPTORS_MAY_GROW = 8;

  /** What the process holds after a night, when nothing is under way. */
  private record Held(long heapBytes, long threads, long descriptors) {}

  private final PrintStream out;
  private final Random chance;
  private final Path folder;
  private final List<Held> held = new ArrayList<>();
  private final List<String> faulty = new ArrayList<>();

  private Endurance(long seed, Path folder, PrintStream out) {
    this.chance = new Random(seed);
    this.folder = folder;
    this.out = out;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 3) {
      throw new IllegalArgumentException("usage: Endurance MINUTES SEED DIRECTORY");
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Endurance endurance = new Endurance(Long.parseLong(args[1]), Path.of(args[2]), out);
    out.println("seed " + args[1]);
    System.exit(endurance.run(Duration.ofMinutes(Long.parseLong(args[0]))) ? 0 : 1);
  }

  private boolean run(Duration duration) throws IOException, InterruptedException {
    long from = System.nanoTime();
    while (held.size() < 2 * WARM_UP
        || Duration.ofNanos(System.nanoTime() - from).compareTo(duration) < 0) {
      night();
      held.add(measured());
      Held last = held.get(held.size() - 1);
      out.printf(
          Locale.ROOT,
          "night %d: heap %.1f MiB, threads %d, descriptors %d%n",
          held.size(),
          last.heapBytes() / (double) (1 << 20),
          last.threads(),
          last.descriptors());
    }
    return tell(Duration.ofNanos(System.nanoTime() - from));
  }

  private void night() throws IOException {
    List<ReferenceGateway> gateways = new ArrayList<>();
    Map<String, String> environment = new HashMap<>();
    StringBuilder yaml = new StringBuilder("environments:\n");
    StringWriter console = new StringWriter();
    try {
      for (int i = 0; i < GATEWAYS; i++) {
        GatewaySurface surface =
            chance.nextBoolean() ? GatewaySurface.SERVERLESS : GatewaySurface.ON_DEMAND;
        ReferenceGateway gateway =
            ReferenceGateway.start(GatewayOptions.of(surface).withFaults(faults()));
        gateways.add(gateway);
        environment.put("KEY_" + i, gateway.credentials().inferenceKey());
        environment.put("USER_" + i, gateway.credentials().userId());
        yaml.append(environment(i, surface, gateway));
      }
      Files.writeString(folder.resolve("targets.yaml"), yaml);
      new Fleets(end -> {})
          .nightly(
              NightlyCommand.of("targets.yaml"),
              new Sources(
                  Map.of(Setting.REPORTS, folder.resolve("reports").toString(), Setting.KEEP, "2"),
                  Map.of(),
                  environment,
                  folder,
                  folder,
                  folder),
              new PrintWriter(console, true));
    } finally {
      gateways.forEach(ReferenceGateway::close);
    }
    judge(console.toString());
  }

  private static String environment(int i, GatewaySurface surface, ReferenceGateway gateway) {
    String user = surface == GatewaySurface.ON_DEMAND ? ", user-id: \"${USER_%d}\"" : "";
    return ("  - { name: e%1$02d, surface: %2$s, host: \"%3$s\", timeout: 5, inference-key: \"${KEY_%1$d}\""
            + user.formatted(i)
            + " }\n")
        .formatted(i, surface.toString().toLowerCase(Locale.ROOT).replace('_', '-'), gateway.url());
  }

  private List<Fault> faults() {
    List<Fault> all = Faults.breaking();
    return Stream.generate(() -> all.get(chance.nextInt(all.size())))
        .distinct()
        .limit(chance.nextInt(MOST_FAULTS + 1))
        .toList();
  }

  /** Each environment has its own whole report, and nothing went wrong in Meshcheck itself. */
  private void judge(String console) throws IOException {
    int night = held.size() + 1;
    List<String> errors = console.lines().filter(line -> line.contains("meshcheck-error")).toList();
    errors.forEach(line -> faulty.add("night " + night + ": " + line));
    for (int i = 0; i < GATEWAYS; i++) {
      Path report = folder.resolve("reports/environments/e%02d/latest/report.json".formatted(i));
      if (!Files.exists(report)) {
        faulty.add("night %d: no %s".formatted(night, report));
      } else if (Files.readString(report).contains("\"meshcheck-error\"")) {
        faulty.add("night %d: meshcheck-error in %s".formatted(night, report));
      }
    }
  }

  private static Held measured() throws InterruptedException {
    // What the gateways still close is none of it, and what is only softly held goes by a flag.
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      TimeUnit.SECONDS.sleep(1);
    }
    UnixOperatingSystemMXBean system =
        (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Held(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        system.getOpenFileDescriptorCount());
  }

  private boolean tell(Duration took) {
    faulty.forEach(out::println);
    List<Held> warm = held.subList(WARM_UP, held.size());
    List<Held> first = warm.subList(0, (warm.size() + 1) / 2);
    List<Held> last = warm.subList(warm.size() / 2, warm.size());
    boolean heap = told("heap bytes", first, last, Held::heapBytes, 0, HEAP_MAY_GROW);
    boolean threads = told("threads", first, last, Held::threads, THREADS_MAY_GROW, 1);
    boolean files = told("descriptors", first, last, Held::descriptors, DESCRIPTORS_MAY_GROW, 1);
    out.printf(
        Locale.ROOT,
        "%d nights of %d gateways in %d min, %d errors of our own%n",
        held.size(),
        GATEWAYS,
        took.toMinutes(),
        faulty.size());
    return heap && threads && files && faulty.isEmpty();
  }

  /** Medians of the first and of the last half, after the warm-up. */
  private boolean told(
      String what,
      List<Held> first,
      List<Held> last,
      ToLongFunction<Held> of,
      int more,
      double times) {
    long before = median(first, of);
    long after = median(last, of);
    boolean flat = after <= before * times + more;
    out.printf("%s %d, then %d: %s%n", what, before, after, flat ? "flat" : "GROWS");
    return flat;
  }

  private static long median(List<Held> held, ToLongFunction<Held> of) {
    long[] sorted = held.stream().mapToLong(of).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
