package dev.meshcheck.suites.cli;

import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.settings.Logins;
import dev.meshcheck.fixtures.settings.Readers;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.SettingsReader;
import dev.meshcheck.fixtures.settings.Sources;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.reports.text.Plain;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is said when Meshcheck itself breaks: one line, and the details in a file. It holds back
 * whatever it cannot redact.
 */
final class Breakage {

  private static final int LONGEST_LINE = 1000;
  private static final String WITHHELD = "(the rest is withheld: it could not be redacted)";

  private final boolean debug;
  private final PrintWriter err;
  private Sources process;

  Breakage(Sources process, boolean debug, PrintWriter err) {
    this.process = process;
    this.debug = debug;
    this.err = err;
  }

  /** From now on these sources, with the flags in them, say where secrets are. */
  void knows(Sources sources) {
    process = sources;
  }

  /** The text without any secret of the settings. */
  String redacted(String text) {
    try {
      return redactor().text(text);
    } catch (RuntimeException | Error e) {
      return WITHHELD;
    }
  }

  /** The secrets of every source that can be read; an unreadable one is what may have broken. */
  private Redactor redactor() {
    Redactor redactor = new Redactor(List.of());
    Arrays.stream(Setting.values())
        .filter(Setting::secret)
        .flatMap(this::ambient)
        .forEach(redactor::learn);
    Logins.in(process.environment()).forEach(redactor::learn);
    Arrays.stream(Setting.values())
        .filter(setting -> setting.kind() == Setting.Kind.USER)
        .flatMap(this::ambient)
        .forEach(redactor::learnId);
    try {
      Settings settings = SettingsReader.read(process);
      settings.secrets().forEach(redactor::learn);
      settings.userIds().forEach(redactor::learnId);
    } catch (UsageException e) {
      // It says so by itself, or has said so already.
    }
    return redactor;
  }

  private Stream<String> ambient(Setting setting) {
    return setting.environment().stream()
        .map(name -> process.environment().getOrDefault(name.text(), ""));
  }

  /** Says so and gives the exit code for it. */
  ExitCode report(Throwable broken) {
    String trace = redacted(trace(broken));
    String name = broken.getClass().getSimpleName();
    String message =
        Optional.ofNullable(broken.getMessage()).map(m -> name + ": " + redacted(m)).orElse(name);
    String line = Plain.line(message.replaceAll("\\p{Cntrl}+", " "), LONGEST_LINE);
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
      Readers.OWNER.directories(file.getParent());
      Readers.OWNER.file(file);
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
