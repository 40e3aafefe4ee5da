package dev.meshcheck.suites.fleet;

import dev.meshcheck.fixtures.settings.Sources;
import dev.meshcheck.fixtures.targets.FirstFile;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.suites.run.Meshcheck;
import java.io.PrintWriter;
import java.util.function.IntConsumer;

/** What the command line drives where there is more than one environment. */
public final class Fleets {

  private final IntConsumer halt;

  /** For a process that {@code halt} ends with a code at once. */
  public Fleets(IntConsumer halt) {
    this.halt = halt;
  }

  /**
   * Judges every environment of a targets file, or tells their settings.
   *
   * @throws dev.meshcheck.fixtures.settings.UsageException where the file, the flags or the
   *     selection are wrong; nothing was sent then
   */
  public ExitCode nightly(NightlyCommand command, Sources sources, PrintWriter out) {
    Fleet fleet = Fleet.of(command, sources);
    if (command.showSettings()) {
      ShownFleet.print(fleet, out);
      return ExitCode.PASSED;
    }
    NightConsole console = new NightConsole(out, Meshcheck.style(fleet.whole()));
    return Nightly.run(fleet, command, console, halt);
  }

  /**
   * Writes a first targets file from what lies around.
   *
   * @throws dev.meshcheck.fixtures.settings.UsageException where there is one already, or it cannot
   *     be written
   */
  public ExitCode init(String targets, Sources sources, PrintWriter out) {
    FirstFile.write(targets, sources).forEach(out::println);
    return ExitCode.PASSED;
  }
}
