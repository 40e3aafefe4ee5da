package dev.meshcheck.suites.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code ./run.sh …} as a process with an environment of its own. */
final class Command {

  static final Path HOME = Path.of(System.getProperty("meshcheck.home")).toAbsolutePath();

  private static final long MOST_SECONDS = 180;

  private final List<String> words = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private final Path scratch;

  private Command(Path scratch, List<String> arguments) {
    this.scratch = scratch;
    words.addAll(arguments);
    environment.put("PATH", System.getenv("PATH"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    // The real home may hold a config.toml with real credentials.
    environment.put("HOME", scratch.toString());
    environment.put("JAVA_TOOL_OPTIONS", "-Duser.home=" + scratch);
    environment.put("MESHCHECK_BUILD", "never");
    environment.put("MESHCHECK_REPORT", "html,junit,summary,har,metrics,badge,allure");
    environment.put("MESHCHECK_REPORTS", scratch.resolve("reports").toString());
  }

  static Command run(Path scratch, String... arguments) {
    return at(HOME, scratch, arguments);
  }

  /** The script of a project elsewhere. */
  static Command at(Path home, Path scratch, String... arguments) {
    return program(home.resolve("run.sh"), scratch, arguments);
  }

  /** Whatever starts Meshcheck. */
  static Command program(Path program, Path scratch, String... arguments) {
    return new Command(
        scratch, Stream.concat(Stream.of(program.toString()), Stream.of(arguments)).toList());
  }

  /** The same from within a line of bash, in which {@code "$@"} stands for it. */
  Command in(String line) {
    List<String> all = new ArrayList<>(List.of("bash", "-c", line, "bash"));
    all.addAll(words);
    words.clear();
    words.addAll(all);
    return this;
  }

  Command without(String variable) {
    environment.remove(variable);
    return this;
  }

  Command with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** What a process that has ended left behind. */
  record Ended(int exit, String out, String err) {}

  Process start() {
    try {
      ProcessBuilder builder = new ProcessBuilder(words).directory(scratch.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder.redirectOutput(scratch.resolve("out").toFile());
      builder.redirectError(scratch.resolve("err").toFile());
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Ended end() throws InterruptedException {
    Process process = start();
    boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    assertTrue(ended, () -> words + " did not end");
    return new Ended(process.exitValue(), read("out"), read("err"));
  }

  String read(String file) {
    try {
      // The JVM announces JAVA_TOOL_OPTIONS on its own; that line is not ours.
      return Files.readString(scratch.resolve(file)).replaceAll("(?m)^Picked up .*\\R", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
