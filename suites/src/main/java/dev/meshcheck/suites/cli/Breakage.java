package dev.meshcheck.suites.cli;

import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.Sources;
import dev.meshcheck.reports.outcome.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** What is said when Meshcheck itself breaks: one line, and the details in a file. */
final class Breakage {

  private final Sources process;
  private final boolean debug;
  private final PrintWriter err;
  private final Redactor redactor;

  Breakage(Sources process, boolean debug, PrintWriter err) {
    this.process = process;
    this.debug = debug;
    this.err = err;
    this.redactor =
        new Redactor(
            Arrays.stream(Setting.values())
                .filter(Setting::secret)
                .flatMap(s -> s.environment().stream())
                .map(name -> process.environment().getOrDefault(name.text(), ""))
                .toList());
  }

  /** The text without any secret of the environment. */
  String redacted(String text) {
    return redactor.text(text);
  }

  /** Says so and gives the exit code for it. */
  ExitCode report(Throwable broken) {
    String trace = redacted(trace(broken));
    String name = broken.getClass().getSimpleName();
    String message =
        Optional.ofNullable(broken.getMessage()).map(m -> name + ": " + m).orElse(name);
    String line = redacted(message).replaceAll("\\p{Cntrl}+", " ");
    String where = debug ? "the stack trace follows" : "details in " + save(trace);
    err.println("meshcheck: internal error: " + line + " (please report; " + where + ")");
    if (debug) {
      err.println(trace);
    }
    return ExitCode.MESHCHECK_BROKE;
  }

  private String save(String trace) {
    Path file = process.projectHome().resolve(".meshcheck").resolve("last-error.txt");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, trace);
      return file.toString();
    } catch (IOException e) {
      return "the stack trace that --debug shows";
    }
  }

  private static String trace(Throwable broken) {
    StringWriter text = new StringWriter();
    broken.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
