package dev.meshcheck.suites.cli;

import dev.meshcheck.fixtures.exchange.WakeUp;
import dev.meshcheck.fixtures.settings.SecretFlags;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.SettingsReader;
import dev.meshcheck.fixtures.settings.Sources;
import dev.meshcheck.fixtures.settings.TargetResolver;
import dev.meshcheck.fixtures.settings.Targets;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.suites.exporter.Exporter;
import dev.meshcheck.suites.fleet.Fleets;
import dev.meshcheck.suites.run.Engine;
import dev.meshcheck.suites.run.Meshcheck;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The command line: {@code verify} (also without a command), {@code nightly}, {@code diagnose},
 * {@code gateway}, {@code list}, {@code compare} and what goes with them.
 */
public final class Main {

  private static final List<String> NOT_VERIFY = List.of("-h", "--help", "-V", "--version");

  private final Sources process;
  private final Engine engine;
  private final IntConsumer halt;
  private final Breakage breakage;
  private final PrintWriter out;
  private final PrintWriter err;

  private Main(
      Sources process,
      Engine engine,
      IntConsumer halt,
      Breakage breakage,
      PrintWriter out,
      PrintWriter err) {
    this.process = process;
    this.engine = engine;
    this.halt = halt;
    this.breakage = breakage;
    this.out = out;
    this.err = err;
  }

  /** Runs and exits with one of the {@link ExitCode}s. */
  public static void main(String[] args) {
    // Libraries name things in the language of the machine, and Turkish has no I for an i.
    Locale.setDefault(Locale.ROOT);
    Starter.endWith(System.getProperties());
    PrintWriter out = writer(System.out);
    PrintWriter err = writer(System.err);
    Thread.setDefaultUncaughtExceptionHandler((thread, broken) -> stranded(broken, err));
    IntConsumer halt = Runtime.getRuntime()::halt;
    ExitCode code =
        run(
            List.of(args),
            System.getenv(),
            System.getProperties(),
            new Meshcheck(halt),
            halt,
            out,
            err);
    System.exit(code.code());
  }

  /** A thread that broke: Java would print its exception as it is, and that may hold a secret. */
  private static void stranded(Throwable broken, PrintWriter err) {
    Sources process = Sources.of(Map.of(), System.getProperties(), System.getenv());
    new Breakage(process, false, err).report(broken);
  }

  /** Runs without a process of its own. */
  public static ExitCode run(
      List<String> args,
      Map<String, String> environment,
      Properties properties,
      Engine engine,
      PrintWriter out,
      PrintWriter err) {
    return run(args, environment, properties, engine, code -> {}, out, err);
  }

  private static ExitCode run(
      List<String> args,
      Map<String, String> environment,
      Properties properties,
      Engine engine,
      IntConsumer halt,
      PrintWriter out,
      PrintWriter err) {
    Sources process = Sources.of(Map.of(), properties, environment);
    boolean debug = args.contains(Commands.DEBUG);
    Breakage breakage = new Breakage(process, debug, err);
    try {
      return new Main(process, engine, halt, breakage, out, err).run(args);
    } catch (UsageException e) {
      err.println("meshcheck: " + breakage.redacted(e.getMessage()));
      return ExitCode.USAGE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return breakage.report(e);
    } catch (Exception | Error e) {
      // Whatever escaped would end the process with 1, which says that the host breaks its
      // contract.
      return breakage.report(e);
    } finally {
      out.flush();
      err.flush();
    }
  }

  private ExitCode run(List<String> args) throws IOException, InterruptedException {
    SecretFlags.find(args)
        .ifPresent(
            mistake -> {
              throw mistake;
            });
    ParseResult parsed = parse(args);
    CommandLine command = parsed.commandSpec().commandLine();
    UsageMistakes.find(parsed)
        .ifPresent(
            mistake -> {
              throw mistake;
            });
    if (parsed.isUsageHelpRequested()) {
      command.usage(out);
      return ExitCode.PASSED;
    }
    if (parsed.isVersionHelpRequested()) {
      command.printVersionHelp(out, CommandLine.Help.Ansi.OFF);
      return ExitCode.PASSED;
    }
    return switch (parsed.commandSpec().name()) {
      case Commands.DIAGNOSE ->
          engine.diagnose(sources(parsed), parsed.matchedOptionValue(Commands.JSON, false), out);
      case Commands.NIGHTLY ->
          new Fleets(halt).nightly(Arguments.nightly(parsed), sources(parsed), out);
      case Commands.EXPORTER ->
          Exporter.serve(Arguments.exporter(parsed), sources(parsed), out, halt);
      case Commands.INIT -> new Fleets(halt).init(Arguments.targets(parsed), sources(parsed), out);
      case Commands.LIST -> engine.list(Arguments.list(parsed), out);
      case Commands.COMPLETION -> {
        out.print(Completion.script(parsed.matchedPositionalValue(0, "")));
        yield ExitCode.PASSED;
      }
      case Commands.GATEWAY ->
          engine.gateway(Arguments.gateway(parsed, process.projectHome()), out, err);
      case Commands.COMPARE -> compare(parsed);
      case Commands.MERGE ->
          engine.merge(parsed.matchedPositionalValue(0, List.of()), settings(parsed), out);
      case Commands.MATRIX ->
          engine.matrix(parsed.matchedPositionalValue(0, List.of()), settings(parsed), out);
      case Commands.ACCEPT -> accept(parsed);
      case Commands.EXPLAIN ->
          engine.explain(parsed.matchedPositionalValue(0, ""), settings(parsed), out);
      case Commands.REPLAY ->
          engine.replay(parsed.matchedPositionalValue(0, ""), sources(parsed), out);
      default -> verify(parsed);
    };
  }

  private static ParseResult parse(List<String> args) {
    boolean bare =
        args.isEmpty() || (args.get(0).startsWith("-") && !NOT_VERIFY.contains(args.get(0)));
    String[] whole =
        Stream.concat(bare ? Stream.of(Commands.VERIFY) : Stream.empty(), args.stream())
            .toArray(String[]::new);
    if (whole[0].equals(Commands.VERIFY)) {
      WakeUp.begin();
    }
    try {
      ParseResult parsed = Commands.build().parseArgs(whole);
      return parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    } catch (ParameterException e) {
      throw UsageMistakes.of(e);
    }
  }

  private ExitCode verify(ParseResult parsed) throws IOException, InterruptedException {
    Settings settings = SettingsReader.read(sources(parsed));
    if (parsed.hasMatchedOption(Commands.SHOW_SETTINGS)) {
      return show(settings);
    }
    return engine.verify(settings, out, err);
  }

  private ExitCode compare(ParseResult parsed) throws IOException {
    Settings settings = SettingsReader.read(sources(parsed));
    return engine.compare(
        parsed.matchedPositionalValue(0, ""), parsed.matchedPositionalValue(1, ""), settings, out);
  }

  private ExitCode accept(ParseResult parsed) throws IOException {
    return engine.accept(parsed.matchedPositionalValue(0, ""), settings(parsed), out);
  }

  private Settings settings(ParseResult parsed) {
    return SettingsReader.read(sources(parsed));
  }

  private Sources sources(ParseResult parsed) {
    Sources sources = process.withFlags(Arguments.flags(parsed));
    breakage.knows(sources);
    return sources;
  }

  private ExitCode show(Settings settings) {
    settings.table().forEach(out::println);
    out.println();
    Targets targets = TargetResolver.resolve(settings);
    targets.targets().forEach(t -> out.println("target " + t.name() + " at " + t.base()));
    if (targets.targets().isEmpty()) {
      out.println("no host: the embedded reference gateway is judged");
    }
    targets.notes().forEach(out::println);
    return ExitCode.PASSED;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
