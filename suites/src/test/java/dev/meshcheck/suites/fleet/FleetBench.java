package dev.meshcheck.suites.fleet;

import dev.meshcheck.fixtures.gateway.Fault;
import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import dev.meshcheck.fixtures.gateway.fault.Faults;
import dev.meshcheck.fixtures.gateway.wire.Reply;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.Sources;
import dev.meshcheck.reports.outcome.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A night of many environments over reference gateways in the same process. {@code bench/fleet}
 * runs it and says what it is for.
 */
final class FleetBench {

  private static final List<String> FAULTS =
      List.of(
          "health-html",
          "version-html",
          "chat-usage-total-off-by-one",
          "chat-usage-missing",
          "models-500",
          "health-500");

  private static final int DEAD = 2;
  private static final int LIMITED = 2;
  private static final int HEALTHY_GATEWAYS = 4;
  private static final Pattern TOOK = Pattern.compile(" · (\\d+\\.\\d) s, \\d");

  private final List<ReferenceGateway> gateways = new ArrayList<>();
  private final AtomicLong firstRequest = new AtomicLong();
  private final StringBuilder yaml = new StringBuilder();
  private final PrintStream out;

  private FleetBench(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      throw new IllegalArgumentException("usage: FleetBench ENVIRONMENTS DIRECTORY");
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(new FleetBench(out).run(Integer.parseInt(args[0]), Path.of(args[1])) ? 0 : 1);
  }

  private boolean run(int environments, Path folder) throws IOException {
    write(environments, folder);
    AtomicLong peak = new AtomicLong();
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    AtomicLong threads = new AtomicLong();
    var unused =
        clock.scheduleAtFixedRate(
            () -> {
              peak.accumulateAndGet(memory.getHeapMemoryUsage().getUsed(), Math::max);
              threads.accumulateAndGet(Thread.activeCount(), Math::max);
            },
            0,
            50,
            TimeUnit.MILLISECONDS);
    StringWriter console = new StringWriter();
    Sources sources =
        new Sources(
            Map.of(Setting.REPORTS, folder.resolve("reports").toString()),
            Map.of(),
            Map.of("KEY", gateways.get(0).credentials().inferenceKey()),
            folder,
            folder,
            folder);
    long cpu = cpu();
    long from = System.nanoTime();
    ExitCode code =
        new Fleets(end -> {})
            .nightly(NightlyCommand.of("targets.yaml"), sources, new PrintWriter(console, true));
    Duration wall = Duration.ofNanos(System.nanoTime() - from);
    Duration burnt = Duration.ofNanos(cpu() - cpu);
    clock.shutdownNow();
    gateways.forEach(ReferenceGateway::close);
    double slowest = slowest(console.toString());
    Duration startUp = Duration.ofNanos(firstRequest.get() - from);
    out.println(
        String.format(
            Locale.ROOT,
            "wall %.1f s, of which %.1f s until the first request",
            wall.toMillis() / 1000.0,
            startUp.toMillis() / 1000.0));
    out.println(
        String.format(
            Locale.ROOT,
            "slowest environment %.1f s: the rest took %.1f times as long",
            slowest,
            wall.minus(startUp).toMillis() / 1000.0 / slowest));
    out.println(
        String.format(
            Locale.ROOT, "CPU per environment %.0f ms", burnt.toMillis() / (double) environments));
    out.println(
        "peak heap " + (peak.get() >> 20) + " MiB of " + (Runtime.getRuntime().maxMemory() >> 20));
    out.println("most threads " + threads.get());
    return told(console.toString(), environments, code);
  }

  /** The process of this machine's own count, gateways included. */
  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static double slowest(String console) {
    return TOOK.matcher(console)
        .results()
        .mapToDouble(found -> Double.parseDouble(found.group(1)))
        .max()
        .orElse(0);
  }

  private boolean told(String console, int environments, ExitCode code) {
    out.println(console.strip().lines().reduce((one, next) -> next).orElse(""));
    int well = environments - FAULTS.size() - DEAD - LIMITED;
    boolean right =
        code == ExitCode.BROKEN_CONTRACT
            && count(console, "pass   well-\\d+  PASSED  ") == well
            && count(console, "FAIL   fault-\\d  FAILED: ") == FAULTS.size()
            && count(console, "down   dead-\\d  UNREACHABLE: ") == DEAD
            && count(console, "error  limited-\\d  INCOMPLETE: ") == LIMITED;
    if (!right) {
      console.lines().filter(line -> !line.startsWith("pass ")).forEach(out::println);
    }
    out.println(right ? "each is told rightly" : "NOT each is told rightly");
    return right;
  }

  private static long count(String console, String start) {
    Matcher lines = Pattern.compile("(?m)^" + start).matcher(console);
    return lines.results().count();
  }

  private void write(int environments, Path folder) throws IOException {
    yaml.append("defaults:\n  surface: serverless\n  pack: smoke\n  inference-key: ${KEY}\n");
    yaml.append("environments:\n");
    List<Integer> healthy = new ArrayList<>();
    for (int i = 0; i < HEALTHY_GATEWAYS; i++) {
      healthy.add(start(List.of(noticed())));
    }
    for (int i = 0; i < FAULTS.size(); i++) {
      add("fault-" + i, start(List.of(Faults.named(FAULTS.get(i)).orElseThrow())));
    }
    for (int i = 0; i < DEAD; i++) {
      try (ServerSocket socket = new ServerSocket(0)) {
        add("dead-" + i, socket.getLocalPort());
      }
    }
    for (int i = 0; i < LIMITED; i++) {
      add("limited-" + i, start(List.of(limited())));
    }
    for (int i = FAULTS.size() + DEAD + LIMITED; i < environments; i++) {
      add("well-" + i, healthy.get(i % HEALTHY_GATEWAYS));
    }
    Files.writeString(folder.resolve("targets.yaml"), yaml);
  }

  /** Each has a host of its own; a name leads to the gateway. */
  private void add(String name, int port) {
    yaml.append(
        "  - { name: %1$s, host: \"http://%1$s:%2$d\", resolve: \"%1$s:%2$d:127.0.0.1\" }\n"
            .formatted(name, port));
  }

  private int start(List<Fault> faults) {
    ReferenceGateway gateway =
        ReferenceGateway.start(GatewayOptions.of(GatewaySurface.SERVERLESS).withFaults(faults));
    gateways.add(gateway);
    return gateway.url().getPort();
  }

  /** A gateway that is well, and tells when it was asked first. */
  private Fault noticed() {
    return replying(
        "noticed",
        "Nothing",
        reply -> {
          firstRequest.compareAndSet(0, System.nanoTime());
          return reply;
        });
  }

  private static Fault limited() {
    return replying(
        "limited",
        "Everything is a 429",
        reply -> Reply.Whole.text(429, "application/json", "{\"error\":\"Too many requests\"}"));
  }

  private static Fault replying(String name, String title, UnaryOperator<Reply> change) {
    return new Fault(
        name,
        title,
        Fault.Kind.VARIATION,
        Set.of(),
        Set.of(),
        false,
        () -> Hooks.onReply((call, reply) -> change.apply(reply)));
  }
}
