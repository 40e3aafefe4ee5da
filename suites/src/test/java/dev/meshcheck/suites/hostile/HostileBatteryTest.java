package dev.meshcheck.suites.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.meshcheck.suites.diagnose.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both commands against every behaviour, in processes with a heap of 256 MB: those that aim at the
 * memory have one each. {@code -Dmeshcheck.hostile=REGEX} tries some only.
 */
@Tag("long")
class HostileBatteryTest {

  private static final String HEAP = "-Xmx256m";

  private static final int TOGETHER = 12;

  /** Generous: a run takes seconds, and a process that is killed here has failed. */
  private static final long SECONDS_EACH = 300;

  private static final List<Behaviour> TRIED =
      Behaviours.ALL.stream()
          .filter(b -> b.name().matches(System.getProperty("meshcheck.hostile", ".*")))
          .toList();

  private static final Map<String, HostileRuns.Ended> VERIFIED =
      Collections.synchronizedMap(new TreeMap<>());
  private static final Map<String, HostileRuns.Ended> DIAGNOSED =
      Collections.synchronizedMap(new TreeMap<>());

  @TempDir static Path scratch;

  @BeforeAll
  static void runThemAll() throws Exception {
    ExecutorService two = Executors.newFixedThreadPool(2);
    List<Callable<Void>> jobs = new ArrayList<>();
    for (List<String> batch : batches()) {
      jobs.add(() -> process("verify", batch, VERIFIED));
      jobs.add(() -> process("diagnose", batch, DIAGNOSED));
    }
    for (Future<Void> job : two.invokeAll(jobs)) {
      job.get();
    }
    two.shutdown();
  }

  private static List<List<String>> batches() {
    List<List<String>> batches = new ArrayList<>();
    List<String> light = TRIED.stream().filter(b -> !b.heavy()).map(Behaviour::name).toList();
    for (int from = 0; from < light.size(); from += TOGETHER) {
      batches.add(light.subList(from, Math.min(light.size(), from + TOGETHER)));
    }
    TRIED.stream().filter(Behaviour::heavy).forEach(b -> batches.add(List.of(b.name())));
    return batches;
  }

  private static Void process(
      String command, List<String> names, Map<String, HostileRuns.Ended> ended)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(scratch, command, ".txt");
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                HostileRuns.class.getName(),
                scratch.resolve(command).toString(),
                command));
    List<HostileHost> hosts = new ArrayList<>();
    try {
      for (String name : names) {
        HostileHost host = new HostileHost(Behaviours.named(name));
        hosts.add(host);
        words.add(name + "=" + host.timeout() + "=" + host.url());
      }
      Process process =
          new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(out.toFile()).start();
      if (!process.waitFor(SECONDS_EACH * names.size(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } finally {
      for (HostileHost host : hosts) {
        host.close();
      }
    }
    for (String line : Files.readAllLines(out)) {
      if (names.contains(line.split(" ", 2)[0])) {
        HostileRuns.Ended one = HostileRuns.Ended.parse(line);
        ended.put(one.name(), one);
      }
    }
    return null;
  }

  @TestFactory
  Stream<DynamicTest> verifyEndsAsItShould() {
    return TRIED.stream()
        .map(
            behaviour ->
                dynamicTest(
                    behaviour.name(),
                    () ->
                        Whole.verified(
                            scratch.resolve("verify").resolve(behaviour.name()),
                            behaviour,
                            ended(VERIFIED, behaviour).exit())));
  }

  @TestFactory
  Stream<DynamicTest> diagnoseEndsAsItShould() {
    return TRIED.stream()
        .map(
            behaviour ->
                dynamicTest(
                    behaviour.name(),
                    () ->
                        Whole.diagnosed(
                            scratch.resolve("diagnose").resolve(behaviour.name()),
                            ended(DIAGNOSED, behaviour).exit())));
  }

  private static HostileRuns.Ended ended(Map<String, HostileRuns.Ended> all, Behaviour behaviour) {
    assertTrue(all.containsKey(behaviour.name()), "it did not end by itself");
    return all.get(behaviour.name());
  }

  @Test
  void pageIsCurrent() throws IOException {
    if (TRIED.size() == Behaviours.ALL.size()) {
      Section.HOSTILE.mustBe(page(), HostileBatteryTest.class);
    }
    assertEquals(TRIED.size(), VERIFIED.size());
  }

  private static String page() {
    Map<String, TreeSet<String>> byReason = new TreeMap<>();
    for (Behaviour behaviour : Behaviours.ALL) {
      String reason =
          behaviour.reasons().isEmpty() || behaviour.reasons().contains("*")
              ? "judged by its content"
              : "`" + String.join("`, `", new TreeSet<>(behaviour.reasons())) + "`";
      byReason.computeIfAbsent(reason, r -> new TreeSet<>()).add(behaviour.name());
    }
    String rows =
        byReason.entrySet().stream()
            .map(
                row ->
                    "| %s | %d | %s |"
                        .formatted(
                            row.getKey(), row.getValue().size(), String.join(", ", row.getValue())))
            .collect(Collectors.joining("\n"));
    return """
        ## Hostile hosts

            mvn test -Pproof -pl suites -am -Dtest=HostileBatteryTest -Dsurefire.failIfNoSpecifiedTests=false

        %d behaviours of a host below HTTP, each for `verify` and `diagnose`, in processes with `%s` and requests of 2 or
        20 s, 16 in flight. Every run ends by itself with exit 1, 3 or 4; its report is whole and valid, no check is
        `meshcheck-error`, no control character reaches the console, and JUnit, HTML and Markdown stay intact.

        | every answer ends as | behaviours | |
        | --- | --- | --- |
        """
            .formatted(Behaviours.ALL.size(), HEAP)
        + rows
        + "\n";
  }
}
