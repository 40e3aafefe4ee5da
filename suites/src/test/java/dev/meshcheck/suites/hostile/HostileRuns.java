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

  static final String KEY = "ak-hostile-0123456789abcdef";

  private HostileRuns() {}

  /** Arguments: a directory, verify or diagnose, and {@code NAME=SECONDS=URL} of each host. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    PrintStream told = System.out;
    for (String host : Arrays.asList(arguments).subList(2, arguments.length)) {
      String[] parts = host.split("=", 3);
      told.println(run(directory.resolve(parts[0]), arguments[1], parts[2], parts[1]).line());
      told.flush();
    }
    System.exit(0);
  }

  /**
   * How one run ended.
   *
   * @param name of the behaviour
   * @param exit the exit code
   * @param seconds that it took
   * @param heap the most bytes of the heap that were in use, in MiB
   */
  record Ended(String name, int exit, long seconds, long heap) {
    String line() {
      return "%s %d %d %d".formatted(name, exit, seconds, heap);
    }

    static Ended parse(String line) {
      String[] parts = line.split(" ", -1);
      return new Ended(
          parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3]));
    }
  }

  /** Runs the command, and writes its output to {@code out} and {@code err} in the directory. */
  static Ended run(Path directory, String command, String url, String timeout, String... more)
      throws IOException {
    Files.createDirectories(directory);
    List<String> words =
        new ArrayList<>(
            List.of(command, "--host", url, "--surface", "on-demand", "--timeout", timeout));
    if (command.equals("verify")) {
      words.addAll(List.of("--reports", directory.resolve("reports").toString()));
      words.addAll(List.of("--stream-idle-timeout", "2"));
    }
    words.addAll(List.of(more));
    Properties properties = new Properties();
    for (String name : List.of("user.home", "user.dir", "meshcheck.home")) {
      properties.setProperty(name, directory.toString());
    }
    Map<String, String> environment =
        Map.of(
            "TENSORMESH_INFERENCE_API_KEY",
            KEY,
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
    return new Ended(directory.getFileName().toString(), code.code(), seconds, heap);
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
