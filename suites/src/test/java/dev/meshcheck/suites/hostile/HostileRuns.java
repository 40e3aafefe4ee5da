package dev.meshcheck.suites.hostile;

import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.suites.cli.Main;
import dev.meshcheck.suites.run.Meshcheck;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A process of its own, whose heap is small, that runs a command against hostile hosts. */
final class HostileRuns {

  private HostileRuns() {}

  /** Arguments: a directory, verify or diagnose, and the names of behaviours. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    PrintStream told = System.out;
    for (String name : Arrays.asList(arguments).subList(2, arguments.length)) {
      try (HostileHost host = new HostileHost(Behaviours.named(name))) {
        told.println(run(directory.resolve(name), arguments[1], host));
        told.flush();
      }
    }
    System.exit(0);
  }

  /** Runs the command; the line tells exit code, seconds and the most bytes of heap in MiB. */
  static String run(Path directory, String command, HostileHost host) throws IOException {
    Files.createDirectories(directory);
    List<String> words =
        new ArrayList<>(
            List.of(command, "--host", host.url(), "--surface", "on-demand", "--timeout", "2"));
    if (command.equals("verify")) {
      words.addAll(List.of("--reports", "reports", "--stream-idle-timeout", "2"));
    }
    Properties properties = new Properties();
    for (String name : List.of("user.home", "user.dir", "meshcheck.home")) {
      properties.setProperty(name, directory.toString());
    }
    Map<String, String> environment =
        Map.of(
            "TENSORMESH_INFERENCE_API_KEY",
            "ak-hostile-0123456789abcdef",
            "TENSORMESH_USER_ID",
            "5f0c9a52-7d1e-4c2b-9a57-0d6c1f3b8e21");
    pools().forEach(MemoryPoolMXBean::resetPeakUsage);
    long from = System.nanoTime();
    ExitCode code;
    try (PrintWriter out = writer(directory.resolve("out"));
        PrintWriter err = writer(directory.resolve("err"))) {
      code = Main.run(words, environment, properties, new Meshcheck(), out, err);
    }
    long seconds = (System.nanoTime() - from) / 1_000_000_000;
    long heap = pools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() >> 20;
    return "%s %d %d %d".formatted(directory.getFileName(), code.code(), seconds, heap);
  }

  private static PrintWriter writer(Path file) throws IOException {
    return new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
  }

  private static List<MemoryPoolMXBean> pools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }
}
