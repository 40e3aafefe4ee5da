package dev.meshcheck.suites.run;

import dev.meshcheck.fixtures.exchange.Resolver;
import dev.meshcheck.fixtures.gateway.Fault;
import dev.meshcheck.fixtures.gateway.fault.Faults;
import dev.meshcheck.fixtures.gateway.fault.Profile;
import dev.meshcheck.fixtures.settings.DidYouMean;
import dev.meshcheck.fixtures.settings.Program;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.SettingsReader;
import dev.meshcheck.fixtures.settings.Sources;
import dev.meshcheck.fixtures.settings.UsageException;
import dev.meshcheck.reports.cause.DiagnosisReport;
import dev.meshcheck.reports.compare.RunFiles;
import dev.meshcheck.reports.console.ColourWish;
import dev.meshcheck.reports.console.ConsoleStyle;
import dev.meshcheck.reports.console.Detail;
import dev.meshcheck.reports.console.Lines;
import dev.meshcheck.reports.fleet.NightDirectory;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.suites.check.Catalogue.Entry;
import dev.meshcheck.suites.diagnose.Diagnose;
import dev.meshcheck.suites.diagnose.DiagnosisConsole;
import dev.meshcheck.suites.diagnose.DiagnosisObserver;
import dev.meshcheck.suites.explain.Explain;
import dev.meshcheck.suites.explain.Replay;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/** What the command line drives. */
public final class Meshcheck implements Engine {

  /** Set by run.sh, which knows whether its output is a terminal; Java 17 cannot tell. */
  private static final String TERMINAL = "meshcheck.terminal";

  private static final String COLUMNS = "meshcheck.columns";

  private final IntConsumer halt;

  /** For a process that nobody ends from here. */
  public Meshcheck() {
    this(code -> {});
  }

  /** For a process that {@code halt} ends with a code at once. */
  public Meshcheck(IntConsumer halt) {
    this.halt = halt;
  }

  @Override
  public ExitCode verify(Settings settings, PrintWriter out, PrintWriter err) {
    Surroundings alone = Surroundings.alone(System.getenv(), out, style(settings), halt);
    Verify verify = new Verify(settings, alone);
    return verify.exitCode(verify.run());
  }

  /** What the console of this process can show, and what these settings want of it. */
  public static ConsoleStyle style(Settings settings) {
    Detail detail =
        settings.verbose() ? Detail.VERBOSE : settings.quiet() ? Detail.QUIET : Detail.NORMAL;
    return ConsoleStyle.detect(
        Boolean.getBoolean(TERMINAL),
        Integer.getInteger(COLUMNS, 0),
        ColourWish.valueOf(settings.colour().toUpperCase(Locale.ROOT)),
        detail,
        System.getenv());
  }

  /** The style where the settings may be what is wrong. */
  private static ConsoleStyle style(Sources sources) {
    try {
      return style(SettingsReader.read(sources));
    } catch (UsageException e) {
      return ConsoleStyle.detect(
          Boolean.getBoolean(TERMINAL),
          Integer.getInteger(COLUMNS, 0),
          ColourWish.AUTO,
          Detail.NORMAL,
          System.getenv());
    }
  }

  @Override
  public ExitCode diagnose(Sources sources, boolean json, PrintWriter out) {
    DiagnosisObserver observer =
        json ? DiagnosisObserver.SILENT : new DiagnosisConsole(out, style(sources));
    DiagnosisReport report = new Diagnose(sources, Resolver.SYSTEM, observer).run();
    if (json) {
      out.print(report.json());
    }
    return ExitCode.of(report.exitCode());
  }

  /** The exit code of a finished run. */
  public static ExitCode exitCode(RunReport report) {
    int code = report.run().exitCode().orElseThrow();
    return Arrays.stream(ExitCode.values()).filter(c -> c.code() == code).findFirst().orElseThrow();
  }

  @Override
  public ExitCode list(ListCommand command, PrintWriter out) {
    List<Entry> checks = command.of(Suites.catalogue());
    out.print(
        switch (command.format()) {
          case TEXT -> Listing.text(checks);
          case JSON -> Listing.json(checks);
          case MARKDOWN -> Listing.markdown(checks);
        });
    return ExitCode.PASSED;
  }

  @Override
  public ExitCode compare(String before, String now, Settings settings, PrintWriter out) {
    Path work = settings.workDirectory();
    Optional<NightDirectory> older = NightDirectory.find(before, work, settings.reports());
    Optional<NightDirectory> newer = NightDirectory.find(now, work, settings.reports());
    if (older.isPresent() && newer.isPresent()) {
      return CompareNights.print(older.get().report(), newer.get().report(), out);
    }
    if (older.isPresent() || newer.isPresent()) {
      throw new UsageException(
          "'%s' is a night and '%s' is none; compare two nights, or two runs"
              .formatted(older.isPresent() ? before : now, older.isPresent() ? now : before));
    }
    return Compare.print(
        RunFiles.read(before, work, settings.reports()),
        RunFiles.read(now, work, settings.reports()),
        out);
  }

  @Override
  public ExitCode merge(List<String> nights, Settings settings, PrintWriter out) {
    return Merge.run(nights, settings, System.getenv(), out);
  }

  @Override
  public ExitCode matrix(List<String> runs, Settings settings, PrintWriter out) {
    return Matrix.run(runs, settings, out);
  }

  @Override
  public ExitCode accept(String run, Settings settings, PrintWriter out) {
    return Accept.run(run, settings, out);
  }

  @Override
  public ExitCode explain(String what, Settings settings, PrintWriter out) {
    Lines lines = new Lines(out, style(settings));
    Explain.explain(what, Suites.catalogue(), Rehearsals::of, settings, lines);
    return ExitCode.PASSED;
  }

  @Override
  public ExitCode replay(String what, Sources sources, PrintWriter out) throws IOException {
    return new Replay(sources, style(SettingsReader.read(sources)), out).of(what);
  }

  @Override
  public ExitCode gateway(GatewayCommand command, PrintWriter out, PrintWriter err)
      throws InterruptedException {
    if (command.listFaults()) {
      out.print(FaultListing.json(Faults.all()));
      return ExitCode.PASSED;
    }
    List<Fault> faults =
        Stream.concat(
                command.profile().stream().flatMap(name -> profile(name).changes().stream()),
                command.faults().stream().map(Meshcheck::fault))
            .toList();
    new GatewayRun(command.projectHome(), out)
        .serve(command.port().orElse(0), command.surface(), faults, command.latency());
    return ExitCode.PASSED;
  }

  private static Profile profile(String name) {
    List<String> known = Arrays.stream(Profile.values()).map(Profile::toString).toList();
    return Profile.named(name)
        .orElseThrow(
            () ->
                new UsageException(
                    "there is no profile '"
                        + name
                        + "'; "
                        + DidYouMean.hint(name, known)
                        + "there are "
                        + String.join(" and ", known)));
  }

  private static Fault fault(String name) {
    List<String> known = Faults.all().stream().map(Fault::name).toList();
    return Faults.named(name)
        .orElseThrow(
            () ->
                new UsageException(
                    "there is no fault '"
                        + name
                        + "'; "
                        + DidYouMean.hint(name, known)
                        + "'"
                        + Program.name()
                        + " gateway --list-faults' prints them"));
  }
}
